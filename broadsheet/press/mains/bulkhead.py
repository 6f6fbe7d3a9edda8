"""What stands between readers and the main database in a web process."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import TypeVar

from broadsheet.press.changes import ChangeWatch
from broadsheet.press.edition import Leaf
from broadsheet.press.errors import MainsAway
from broadsheet.press.leaves import LeafTerms
from broadsheet.press.mains.answering import the_mains
from broadsheet.press.mains.follower import Follower
from broadsheet.press.mains.gate import Gate
from broadsheet.press.mains.pressroom import Pressroom
from broadsheet.press.mains.visits import Visit
from broadsheet.press.printer import Printer

LOOK_SECONDS = 1.0
AWAY_AFTER_SECONDS = 2.0
"""A database that leaves the simplest question open for so long does not answer."""
CUT_AFTER_SECONDS, CUT_FORMS_AFTER_SECONDS = 10.0, 40.0
"""Connections that say nothing for so long are given up; the desk's own statements may take half a minute."""

T = TypeVar("T")


class Bulkhead:
    """Keeps a thread free for what is printed, whatever the main database does."""

    def __init__(self, printer: Printer, changes: ChangeWatch, threads: int) -> None:
        """
        Args:
            printer: prints what readers ask for.
            changes: follows the purge log.
            threads: how many answer in this process.
        """
        places = max(1, threads - 1)
        self.mains = the_mains()
        self._gate = Gate(places)
        self._pressroom = Pressroom(printer, self.mains, self._gate, places)
        self._follower = Follower(self.mains, changes.follow_now)
        changes.wait_for(self._follower)
        threading.Thread(target=self._keep_looking, name="bulkhead", daemon=True).start()

    def print(self, path: str, terms: LeafTerms, old: Leaf | None) -> Leaf | None:
        """The leaf of an address, printed now, or the old one; see ``Pressroom.print``."""
        return self._pressroom.print(path, terms, old)

    def pass_on(self, answer: Callable[[], T]) -> T:
        """Have something answered that needs the database.

        Raises:
            MainsAway: it does not answer, or all who may wait for it do.
        """
        if not self.mains.may_be_asked():
            raise MainsAway
        visit = Visit()
        with self._gate.passed(visit), visit.paid(self.mains):
            return answer()

    def _keep_looking(self) -> None:
        while True:
            time.sleep(LOOK_SECONDS)
            follower, printing, inside = self._follower.visit, self._pressroom.visits(), self._gate.visits()
            if follower.is_stuck(AWAY_AFTER_SECONDS):
                self.mains.failed(f"no answer within {AWAY_AFTER_SECONDS:.0f} seconds")
            elif any(visit.is_stuck(LOOK_SECONDS) for visit in (*printing, *inside)):
                self._follower.ask()
            for visit in (follower, *printing):
                visit.cut(CUT_AFTER_SECONDS)
            for visit in inside:
                visit.cut(CUT_FORMS_AFTER_SECONDS)
