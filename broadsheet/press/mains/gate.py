"""The gate before the main database: fewer places than threads, and nobody waits for one while the database is slow.

Whoever waits before the gate holds the thread that is left for printed pages.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from broadsheet.press.errors import MainsAway
from broadsheet.press.mains.answering import PAUSE_SECONDS
from broadsheet.press.mains.visits import Visit

LOOK_SECONDS = 0.02
LONGEST_WAIT_SECONDS = 3.0
"""Before the gate, while all inside are busy with something that is not known to be waiting."""


class Gate:
    """Lets so many threads through at a time."""

    def __init__(self, places: int) -> None:
        self._places = places
        self._inside: list[Visit] = []
        self._changed = threading.Condition()
        self._hurried_until = 0.0

    @contextmanager
    def passed(self, visit: Visit) -> Iterator[None]:
        """Be inside, once there is a place.

        Raises:
            MainsAway: there is none, and waiting for one would be in vain.
        """
        self._enter(visit)
        try:
            yield
        finally:
            with self._changed:
                self._inside.remove(visit)
                self._changed.notify()

    def visits(self) -> list[Visit]:
        """Those inside."""
        return list(self._inside)

    def _enter(self, visit: Visit) -> None:
        give_up_at = time.monotonic() + LONGEST_WAIT_SECONDS
        with self._changed:
            while len(self._inside) >= self._places:
                if time.monotonic() > give_up_at:
                    self._hurried_until = time.monotonic() + PAUSE_SECONDS
                if self._is_hurried():
                    raise MainsAway
                self._changed.wait(LOOK_SECONDS)
            self._inside.append(visit)

    def _is_hurried(self) -> bool:
        """Whether somebody inside shows that the database is slow, or did lately."""
        now = time.monotonic()
        if any(visit.is_slow() for visit in self._inside):
            self._hurried_until = now + PAUSE_SECONDS
        return now < self._hurried_until
