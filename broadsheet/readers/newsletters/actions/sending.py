"""Sending: slices of a letter, so that the worker that does it has its hands free in between."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db.models import F, Q
from django.utils import timezone

from broadsheet.readers.newsletters.actions import bounces, following, queue
from broadsheet.readers.newsletters.errors import Deferred, Refused, Uncertain, Unreached
from broadsheet.readers.newsletters.mailing.couriers import Courier, courier
from broadsheet.readers.newsletters.mailing.envelope import letterhead
from broadsheet.readers.newsletters.models import Letter

logger = logging.getLogger("broadsheet.newsletters")

BATCH = 5
"""Deliveries taken at once: as many stand in doubt if the process dies."""
SLICE_SECONDS = 8.0
TURN = timedelta(minutes=2)
"""A slice that has not ended after this is taken for lost."""
UNREACHED_PAUSE = timedelta(minutes=1)


@dataclass(frozen=True, kw_only=True)
class Slice:
    """What a slice came to."""

    sent: int
    """Letters handed over."""
    more: bool
    """Whether others can be handed over right away."""


class Pace:
    """Keeps to so many letters a second."""

    def __init__(self, per_second: float) -> None:
        self._gap = 1 / per_second if per_second > 0 else 0.0
        self._next = time.monotonic()

    def wait(self) -> None:
        """Wait until the next letter may go."""
        if self._gap:
            time.sleep(max(0.0, self._next - time.monotonic()))
            self._next = max(self._next, time.monotonic() - self._gap) + self._gap


def take_turn(letter: int, turn: int) -> bool:
    """Whether this slice is the one to go on: of several that were enqueued for a turn, one."""
    rows = Letter.objects.filter(pk=letter, state=Letter.State.SENDING, turn=turn)
    return bool(rows.update(turn=F("turn") + 1, turn_until=timezone.now() + TURN))


def waiting_letters() -> list[tuple[int, int]]:
    """Letters that nobody is at, with the turn that is next; each is told of once in a while."""
    now = timezone.now()
    idle = Letter.objects.filter(Q(turn_until=None) | Q(turn_until__lt=now), state=Letter.State.SENDING)
    found = []
    for pk, turn in idle.values_list("pk", "turn"):
        if queue.finish(pk) or not queue.ready(pk, now).exists():
            continue
        rows = Letter.objects.filter(Q(turn_until=None) | Q(turn_until__lt=now), pk=pk, turn=turn)
        if rows.update(turn_until=now + TURN):
            found.append((pk, turn))
    return found


def send_slice(letter: int, seconds: float = SLICE_SECONDS) -> Slice:
    """Hand letters over for so many seconds, or until none is left, or the mail server is lost."""
    found = Letter.objects.select_related("newsletter").get(pk=letter)
    head, places = letterhead(found), following.places_of(found)
    personal = None if places is None else queue.Personal(places=places, most=found.newsletter.length)
    until, sent = time.monotonic() + seconds, 0
    rate = settings.LETTERS_PER_SECOND
    size = min(BATCH, rate) if rate else BATCH
    try:
        with courier(head) as hands:
            pace = Pace(rate)
            while time.monotonic() < until:
                batch = queue.claim(letter, size, personal)
                if not batch.taken:
                    break
                sent += hand_over(batch, hands, pace)
    except Unreached as error:
        logger.warning("Letter %s waits: %s", letter, error)
        rows = Letter.objects.filter(pk=letter, state=Letter.State.SENDING)
        rows.update(note=f"It waits: {error}"[:300], turn_until=timezone.now() + UNREACHED_PAUSE)
        return Slice(sent=sent, more=False)
    queue.finish(letter)
    return Slice(sent=sent, more=queue.ready(letter, timezone.now()).exists())


def hand_over(batch: queue.Batch, hands: Courier, pace: Pace) -> int:
    """Hand a batch over, and write down what became of each. Returns how many the server took.

    Raises:
        Unreached: the server was lost; what it has not got is queued again.
    """
    sent: list[int] = []
    rest = [recipient.delivery for recipient in batch.recipients]
    deadline = time.monotonic() + queue.LEASE.total_seconds() / 3
    try:
        for recipient in batch.recipients:
            if time.monotonic() > deadline:
                break  # too slow: the rest goes back before anybody takes it for lost
            pace.wait()
            rest.remove(recipient.delivery)
            try:
                hands.hand(recipient)
            except Refused as error:
                queue.settle(batch, (), [(recipient.delivery, str(error))])
                bounces.refused(recipient.delivery, str(error))
            except Deferred as error:
                queue.put_off(batch, recipient.delivery, str(error))
            except Uncertain as error:
                queue.doubt(batch, recipient.delivery, str(error))
            except Unreached:
                rest.append(recipient.delivery)
                raise
            else:
                sent.append(recipient.delivery)
    finally:
        queue.settle(batch, sent)
        if rest:
            queue.give_back(batch, rest)
    return len(sent)
