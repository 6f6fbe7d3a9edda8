"""The ordeal: a letter to many, its sender killed over and over, then sent to the end; and who got what."""

from __future__ import annotations

import json
import os
import random
import signal
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from tests.readers.newsletters.killing.server import MailServer
from tests.readers.newsletters.killing.site import COUNT, SendingSite

HELD = 9
"""What a kill costs besides: what the sender holds, and what it hands over until it is dead."""


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What it came to."""

    kills: int
    """Senders killed while the letter was being sent."""
    twice: tuple[str, ...]
    """Readers who got it more than once."""
    skipped: tuple[str, ...]
    """Readers who did not get it, and of whom nothing is said."""
    states: dict[str, int]
    """Deliveries by state."""
    doubtful_sent: int
    """Of those in doubt, how many had it."""
    letter: str
    """The letter's state."""


def ordeal(site: SendingSite, server: MailServer, *, readers: int, kills: int, seed: int, forgetful: bool) -> Outcome:
    """Kill ``kills`` senders at random moments of a letter to ``readers``, then let one finish."""
    chance, done = random.Random(seed), 0
    letter = site.start()
    with site.nursery(letter, forgetful=forgetful) as nursery:
        assert nursery.stdin is not None and nursery.stdout is not None

        def born() -> int:
            nursery.stdin.write("go\n")
            nursery.stdin.flush()
            return int(nursery.stdout.readline())

        while done < kills:
            sender, left = born(), kills - done
            # Each kill costs its share of what is left, and what the sender holds.
            share = max(2, (readers - len(server.got) - HELD * kills) // (left + 1))
            until = server.got.total() + chance.randrange(0, share)
            while alive(sender) and not server.wait_for(until, 0.05):
                pass
            time.sleep(chance.random() * 0.02)
            try:
                os.kill(sender, signal.SIGKILL)
            except ProcessLookupError:
                break  # it has ended by itself: there is nothing left to send
            done += 1
        last = born()
        deadline = time.monotonic() + 120
        while alive(last) and time.monotonic() < deadline:
            time.sleep(0.05)
    return _outcome(json.loads(site.python(COUNT.format(letter=letter))), server.got, done)


def alive(process: int) -> bool:
    """Whether a process is there."""
    return Path(f"/proc/{process}").exists()


def _outcome(found: dict[str, object], got: Counter[str], kills: int) -> Outcome:
    rows: list[tuple[str, str]] = [(email, state) for email, state in found["rows"]]  # type: ignore[union-attr]
    doubtful = {email for email, state in rows if state == "in_doubt"}
    return Outcome(
        kills=kills,
        twice=tuple(sorted(email for email, count in got.items() if count > 1)),
        skipped=tuple(sorted(email for email, _ in rows if email not in got and email not in doubtful)),
        states=dict(Counter(state for _, state in rows)),
        doubtful_sent=len(doubtful & set(got)),
        letter=str(found["state"]),
    )
