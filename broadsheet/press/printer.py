"""Printing a leaf: one renders, the others wait no longer than that rendering or take what was printed before."""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import unquote

from django.core.handlers.wsgi import WSGIHandler
from django.urls import Resolver404, resolve

from broadsheet.press import follow
from broadsheet.press.edition import Edition, Leaf, open_edition
from broadsheet.press.errors import RenderFailed
from broadsheet.press.history import recording
from broadsheet.press.leaves import LeafTerms, terms_of
from broadsheet.press.mains.visits import waiting_for_others
from broadsheet.press.redirects import has_queries
from broadsheet.press.rendering import Rendered, render

logger = logging.getLogger("broadsheet.press")

WAIT_SECONDS = 5.0
"""Longest wait for somebody else's rendering before the stale leaf is served."""
CLAIM_SECONDS = 30.0
"""After this long a renderer is taken for dead."""
RETRY_SECONDS = 5.0
"""Pause after a failed rendering, while the stale leaf is served."""
UNKEPT_SECONDS = 5.0
"""How long a rendering serves that the edition did not take, as when the disk is full."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What rendering an address came to."""

    leaf: Leaf | None
    """The printed leaf; None if the address has none."""
    status: int
    """HTTP status of the rendering."""


@dataclass(frozen=True, kw_only=True)
class Route:
    """Where an address leads by its form."""

    exists: bool
    """Whether any view answers addresses of this form."""
    terms: LeafTerms | None
    """How its answers are kept; None if they are not leaves."""
    fixed: bool
    """The one address of its view: it always leads somewhere."""


@dataclass(frozen=True, kw_only=True)
class _Began:
    """What is known of a rendering besides what it shows."""

    generation: int
    """The edition's, when it began."""
    hot: bool
    """Whether it is rendered at once after a purge."""
    render_ms: float
    """How long it took."""


class Printer:
    """Renders leaves through Django, one at a time for each address."""

    def __init__(self, edition: Edition | None = None) -> None:
        self.edition = edition or open_edition()
        self._handler = WSGIHandler()
        self._flights: dict[str, threading.Event] = {}
        self._unkept: dict[str, tuple[Answer, float]] = {}
        self._lock = threading.Lock()

    def terms(self, path: str) -> LeafTerms | None:
        """How the page at an address is kept; None if no leaf can stand there."""
        return self.route(path).terms

    def route(self, path: str) -> Route:
        """Where Django would send an address."""
        try:
            found = resolve(unquote(path))
        except Resolver404:
            return Route(exists=False, terms=None, fixed=False)
        return Route(exists=True, terms=terms_of(found.func), fixed=not (found.args or found.kwargs))

    def print(self, path: str, terms: LeafTerms, old: Leaf | None) -> Answer:
        """Render an address, or wait for whoever is doing so.

        Args:
            path: the address, percent-encoded.
            terms: how it is kept.
            old: the stale leaf that may be served instead, if there is one.
        Raises:
            RenderFailed: rendering failed and there is no old leaf.
        """
        unkept = self._unkept.get(path)
        if unkept is not None and time.monotonic() < unkept[1]:
            return unkept[0]
        if old is not None and not self.edition.may_retry(path):
            return Answer(leaf=old, status=old.status)
        mine, flight = self._join(path)
        if not mine:
            return self._wait(path, terms, old, flight)
        try:
            return self._lead(path, terms, old)
        finally:
            with self._lock:
                del self._flights[path]
            flight.set()

    def render(self, path: str, terms: LeafTerms) -> Rendered:
        """Render an address without keeping it.

        Raises:
            RenderFailed: the view failed.
        """
        return self._render(path, terms)

    def _join(self, path: str) -> tuple[bool, threading.Event]:
        with self._lock:
            flight = self._flights.get(path)
            if flight is not None:
                return False, flight
            self._flights[path] = flight = threading.Event()
            return True, flight

    def _lead(self, path: str, terms: LeafTerms, old: Leaf | None) -> Answer:
        owner = f"{os.getpid()}-{threading.get_ident()}"
        with suppress(sqlite3.OperationalError):  # an edition that cannot be written to knows no claims
            if not self.edition.claim(path, owner, CLAIM_SECONDS):
                return self._wait(path, terms, old, None)
        try:
            return self._print(path, terms)
        except RenderFailed as error:
            logger.error("%s", error)
            if old is None:
                raise
            with suppress(sqlite3.OperationalError):
                self.edition.failed(path, str(error), time.time() + RETRY_SECONDS)
            return Answer(leaf=old, status=old.status)
        finally:
            with suppress(sqlite3.OperationalError):
                self.edition.release(path, owner)

    def _print(self, path: str, terms: LeafTerms) -> Answer:
        with suppress(sqlite3.OperationalError):
            if self.edition.state("cursor") is None:
                follow.follow()  # a new edition: what is purged from here on concerns it
        began = self.edition.generation()
        started = time.perf_counter()
        found = self._render(path, terms)
        took = (time.perf_counter() - started) * 1000
        answer = Answer(leaf=found.leaf() if found.keep else None, status=found.status)
        try:
            self._keep(path, answer.leaf, found, _Began(generation=began, hot=terms.hot, render_ms=took))
            self._unkept.pop(path, None)
        except sqlite3.OperationalError:  # whoever waits is given it all the same
            now = time.monotonic()
            still = {known: kept for known, kept in list(self._unkept.items()) if kept[1] > now}
            self._unkept = {**still, path: (answer, now + UNKEPT_SECONDS)}
        return answer

    def _keep(self, path: str, leaf: Leaf | None, found: Rendered, its: _Began) -> None:
        if leaf is not None:
            recording.printed(leaf, found.environ)
            self.edition.put(leaf, found.dependencies, began=its.generation, hot=its.hot, render_ms=its.render_ms)
            return
        self.edition.drop(path)
        recording.gone(path)
        if found.status == 404 and not has_queries(path):
            self.edition.forget(path, began=its.generation)

    def _render(self, path: str, terms: LeafTerms) -> Rendered:
        return render(self._handler, path, terms)

    def _wait(self, path: str, terms: LeafTerms, old: Leaf | None, flight: threading.Event | None) -> Answer:
        deadline = time.monotonic() + WAIT_SECONDS
        with waiting_for_others():
            if flight is not None:
                flight.wait(WAIT_SECONDS)
            while self.edition.is_claimed(path) and time.monotonic() < deadline:
                time.sleep(0.01)
        unkept = self._unkept.get(path)
        if unkept is not None and time.monotonic() < unkept[1]:
            return unkept[0]
        found = self.edition.get(path) or old
        if found is not None:
            return Answer(leaf=found, status=found.status)
        rendered = self._render(path, terms)
        return Answer(leaf=rendered.leaf() if rendered.keep else None, status=rendered.status)
