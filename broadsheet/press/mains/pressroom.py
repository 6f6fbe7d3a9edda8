"""Printing in threads of its own: a reader waits for the main database only as long as it is worth it.

Whoever has an old page at hand is given that as soon as the database has proved slow; the printing goes on.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures import TimeoutError as NotYet
from dataclasses import dataclass, field
from functools import partial
from queue import SimpleQueue

from django.db import DatabaseError, close_old_connections

from broadsheet.press.edition import Leaf
from broadsheet.press.errors import MainsAway
from broadsheet.press.leaves import LeafTerms
from broadsheet.press.mains.answering import PAUSE_SECONDS, Answering
from broadsheet.press.mains.gate import LOOK_SECONDS, Gate
from broadsheet.press.mains.visits import SLOW_SECONDS, Visit
from broadsheet.press.printer import Printer


@dataclass(frozen=True, kw_only=True)
class Patience:
    """How long a reader waits for a printing."""

    slow: float
    """Seconds of waiting for the database, beyond what is usual."""
    whole: float
    """Seconds in all."""


WITH_OLD_PAGE = Patience(slow=SLOW_SECONDS, whole=5.0)
WITHOUT = Patience(slow=5.0, whole=10.0)
MOST_WAITING = 64
"""Printings that wait; with more, old pages go on being served, so that those asked for first get their turn."""


@dataclass(eq=False, kw_only=True)
class Job:
    """One printing."""

    visit: Visit = field(default_factory=Visit)
    """Its dealings with the database."""
    has_begun: bool = False
    """A thread is at it."""
    outcome: Future[Leaf | None] = field(default_factory=Future)
    """The leaf, once it is printed."""


class Pressroom:
    """Prints for readers."""

    def __init__(self, printer: Printer, mains: Answering, gate: Gate, threads: int) -> None:
        self._printer, self._mains, self._gate = printer, mains, gate
        self._size = threads
        self._waiting: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._jobs: dict[str, Job] = {}
        self._lock = threading.Lock()
        self._hurried_until = 0.0
        for number in range(threads):
            threading.Thread(target=self._work, name=f"pressroom-{number}", daemon=True).start()

    def print(self, path: str, terms: LeafTerms, old: Leaf | None) -> Leaf | None:
        """The leaf of an address, printed now; the old one if that would take too long.

        Args:
            path: the address.
            terms: how it is kept.
            old: the stale leaf, if there is one.
        Returns:
            The leaf; None if the address has none.
        Raises:
            MainsAway: it cannot be printed now, and there is no old one.
            RenderFailed: rendering failed, and there is no old one.
        """
        try:
            if not self._mains.may_be_asked():
                raise MainsAway
            job = self._job(path, terms, old)
            if old is not None and time.monotonic() < self._hurried_until:
                return old
            with self._gate.passed(job.visit):
                return self._waited_for(job, WITHOUT if old is None else WITH_OLD_PAGE)
        except (MainsAway, DatabaseError) as error:
            if old is None:
                raise MainsAway from error
            return old

    def visits(self) -> list[Visit]:
        """Those of the printings."""
        return [job.visit for job in list(self._jobs.values())]

    def _job(self, path: str, terms: LeafTerms, old: Leaf | None) -> Job:
        with self._lock:
            job = self._jobs.get(path)
            if job is None:
                if self._is_hopeless() or (old is not None and len(self._jobs) >= MOST_WAITING):
                    raise MainsAway
                job = self._jobs[path] = Job()
                printing = partial(self._printed, path, terms, old)
                self._waiting.put(partial(self._do, job, path, printing))
            return job

    def _printed(self, path: str, terms: LeafTerms, old: Leaf | None) -> Leaf | None:
        return self._printer.print(path, terms, old).leaf

    def _work(self) -> None:
        while True:
            self._waiting.get()()

    def _do(self, job: Job, path: str, printing: Callable[[], Leaf | None]) -> None:
        job.has_begun = True
        try:
            with job.visit.paid(self._mains):
                job.outcome.set_result(printing())
        except BaseException as error:
            job.outcome.set_exception(error)
        finally:
            with self._lock:
                del self._jobs[path]
            close_old_connections()

    def _waited_for(self, job: Job, patience: Patience) -> Leaf | None:
        give_up_at = time.monotonic() + patience.whole
        while True:
            try:
                return job.outcome.result(LOOK_SECONDS)
            except NotYet:
                if job.outcome.done():
                    raise
            slow = job.visit.waited() > patience.slow or (not job.has_begun and self._is_hopeless())
            if slow or time.monotonic() > give_up_at:
                self._hurried_until = time.monotonic() + PAUSE_SECONDS
                raise MainsAway

    def _is_hopeless(self) -> bool:
        """Whether every thread is stuck."""
        begun = [job for job in list(self._jobs.values()) if job.has_begun]
        return len(begun) >= self._size and all(job.visit.is_stuck() for job in begun)
