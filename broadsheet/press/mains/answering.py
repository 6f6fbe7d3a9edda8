"""Whether the main database answers, as this process has last seen it."""

from __future__ import annotations

import time
from functools import cache

from broadsheet.press.alarm import Alarm

PAUSE_SECONDS = 2.0
"""Between attempts to reach a main database that does not answer."""


class Answering:
    """What is known; whoever asks the database says how it went."""

    def __init__(self) -> None:
        self.alarm = Alarm(
            "The main database does not answer; pages are served as last printed", "The main database answers again"
        )
        self.is_watched = False
        """Somebody tries the database while it is away, so nobody else need."""
        self._retry_at = 0.0

    @property
    def since(self) -> float | None:
        """Unix time since which it does not answer; None if it does, as far as is known."""
        return self.alarm.since

    def failed(self, error: object) -> None:
        """It did not answer."""
        self._retry_at = time.monotonic() + PAUSE_SECONDS
        self.alarm.sound(error)

    def answered(self) -> None:
        """It did."""
        self.alarm.end()

    def may_be_asked(self) -> bool:
        """Whether asking it now is worth a reader's time."""
        return self.since is None or (not self.is_watched and time.monotonic() >= self._retry_at)


@cache
def the_mains() -> Answering:
    """What this process knows of the site's main database."""
    return Answering()
