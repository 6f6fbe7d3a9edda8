"""Following the purge log in a thread of its own: readers wait for it, but only a moment."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from django.db import connection

from broadsheet.press.errors import MainsAway
from broadsheet.press.mains.answering import PAUSE_SECONDS, Answering
from broadsheet.press.mains.visits import Visit

PATIENCE_SECONDS = 0.15
"""How long a request waits for what was committed before it to be followed."""


class Follower:
    """Does rounds: one at a time, each for all who asked before it began."""

    def __init__(self, mains: Answering, follow: Callable[[], bool]) -> None:
        """
        Args:
            mains: is told how it went.
            follow: does one round, in the thread that calls it; says whether it succeeded.
        """
        self._mains, self._follow = mains, follow
        self._turn = threading.Condition()
        self._asked = self._served = 0
        self._began_at: float | None = None
        self.visit = Visit()
        mains.is_watched = True
        threading.Thread(target=self._keep_following, name="purge-follower", daemon=True).start()

    def ask(self) -> int:
        """Have a round done soon. Returns its number."""
        with self._turn:
            self._asked += 1
            self._turn.notify_all()
            return self._asked

    def wait(self) -> None:
        """Have a round done and wait for it; not at all if the database is away or this round already takes long."""
        if self._mains.since is not None or self._takes_long():
            return
        mine = self.ask()
        with self._turn:
            self._turn.wait_for(lambda: self._served >= mine, PATIENCE_SECONDS)

    def _takes_long(self) -> bool:
        began_at = self._began_at
        return began_at is not None and time.monotonic() - began_at > PATIENCE_SECONDS

    def _keep_following(self) -> None:
        while True:
            with self._turn:
                wanted = self._turn.wait_for(lambda: self._asked > self._served, PAUSE_SECONDS)
                serving = self._asked
            if wanted or self._mains.since is not None:
                succeeded = self._round()
                with self._turn:
                    self._served, self._began_at = serving, None
                    self._turn.notify_all()
                if not succeeded:
                    time.sleep(PAUSE_SECONDS)
            else:
                connection.close()

    def _round(self) -> bool:
        self._began_at = time.monotonic()
        try:
            with self.visit.paid(self._mains):
                return self._follow()
        except MainsAway:
            return False
