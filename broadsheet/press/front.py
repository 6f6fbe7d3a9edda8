"""The front: the WSGI application that answers readers from the edition, before Django is asked.

A request for a kept page costs two version checks and a dictionary look-up. Everything else falls through.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from django.db import DatabaseError

from broadsheet.press import away, health, negotiate, nowhere
from broadsheet.press.addresses import SAFE_PATH
from broadsheet.press.changes import ChangeWatch
from broadsheet.press.early import Early
from broadsheet.press.edition import Edition, Leaf, open_edition
from broadsheet.press.errors import MainsAway, RenderFailed
from broadsheet.press.history import open_history
from broadsheet.press.history.decide import Verdict
from broadsheet.press.history.rolled_back import MISSING, RolledBack
from broadsheet.press.kept import Kept, Memory
from broadsheet.press.mains.bulkhead import Bulkhead
from broadsheet.press.printer import Printer, Route

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
WSGIApplication = Callable[[Environ, StartResponse], Iterable[bytes]]

MEMORY_BYTES = 8 * 1024 * 1024
"""Of each serving thread."""
STATUS_LINES = {int(status): f"{int(status)} {status.phrase}" for status in HTTPStatus}
NOTHING: list[bytes] = [b""]
FILE = Route(exists=True, terms=None, fixed=True)
"""Where a file of the theme or the desk leads: to whoever serves it."""
FILES = ("/static/", "/media/")
"""Answered without a database."""


class OfThread:
    """What a serving thread has for itself.

    PRAGMA data_version counts what others wrote as this connection sees it, so memory goes with the connection.
    """

    def __init__(self, edition: Edition) -> None:
        self.memory = Memory(MEMORY_BYTES)
        self.rolled_back = RolledBack(open_history(), edition)


class Front:
    """Serves leaves; passes everything else to the application behind it."""

    def __init__(
        self, behind: WSGIApplication, edition: Edition | None = None, *, is_file: Callable[[str], bool] | None = None
    ) -> None:
        """Serve before another application.

        Args:
            behind: answers what is no leaf.
            edition: the leaves; this site's.
            is_file: whether the application behind has a file at an address that Django knows nothing of.
        """
        self.behind = behind
        self.is_file = is_file or frozenset[str]().__contains__
        self.edition = edition or open_edition()
        self.printer = Printer(self.edition)
        self.changes = ChangeWatch()
        self.early = Early()
        self._of_thread = threading.local()
        self._bulkhead: Bulkhead | None = None

    def keep_apart(self, threads: int) -> None:
        """From now on, have readers wait for the main database only so long (see ``mains``), in one of some threads."""
        self._bulkhead = Bulkhead(self.printer, self.changes, threads)

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ["PATH_INFO"].startswith(self.early.prefixes):
            return self.early.application(environ["PATH_INFO"])(environ, start_response)
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return self._pass_on(environ, start_response)
        path = leaf_path(environ["PATH_INFO"])
        try:
            kept = self._leaf(path) or self._elsewhere(path, environ.get("QUERY_STRING", ""))
        except RenderFailed:
            kept = None  # Django answers with its error page and logs the error with the real request
        except MainsAway:
            return away.send(environ, start_response)
        except sqlite3.Error as error:  # the page is rendered for this reader only
            if not self.edition.mend(error):
                self.edition.trouble.sound(error)
            kept = None
        if kept is None:
            return self._pass_on(environ, start_response)
        return send(kept, environ, start_response)

    def _pass_on(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Have Django answer, or say that it cannot."""
        path = environ["PATH_INFO"]
        if path == health.PATH:
            return health.send(self.edition, start_response)
        if self._bulkhead is None or path.startswith(FILES):
            return self.behind(environ, start_response)
        try:
            return self._bulkhead.pass_on(lambda: self.behind(environ, start_response))
        except MainsAway:
            return away.send(environ, start_response)

    def _leaf(self, path: str) -> Kept | None:
        self.changes.follow()
        version = self.edition.version()
        mine = self._of_this_thread()
        moment = mine.rolled_back.moment(version)
        if moment is not None:
            return self._as_of(path, moment, mine)
        memory = mine.memory
        known = memory.get(path, version)
        if known is not None and known.leaf.fresh_at(time.time()):
            return known
        found = self.edition.get(path)
        if found is not None and found.fresh_at(time.time()):
            return memory.keep(found, version)
        if found is None and not nowhere.may_lead_somewhere(path, self.edition, self._route):
            return None
        printed = self._print(path, found)
        return Kept(printed) if printed else None

    def _as_of(self, path: str, moment: int, mine: OfThread) -> Kept | None:
        """A leaf as it was at the moment rolled back to; what was never asked for is printed, then judged."""
        mark = (moment, 0, 0)
        known = mine.memory.get(path, mark)
        if known is not None:
            return known
        verdict, leaf = mine.rolled_back.leaf(path, moment)
        if verdict is Verdict.UNKNOWN and self._print(path, None) is not None:
            verdict, leaf = mine.rolled_back.leaf(path, moment)
        return mine.memory.keep(leaf, mark) if leaf else None

    def _print(self, path: str, old: Leaf | None) -> Leaf | None:
        terms = self.printer.terms(path)
        if terms is None:
            return None
        if self._bulkhead is not None:
            return self._bulkhead.print(path, terms, old)
        try:
            return self.printer.print(path, terms, old).leaf
        except DatabaseError:
            if old is None:
                raise
            return old

    def _elsewhere(self, path: str, query: str) -> Kept | None:
        """The answer for an address that leads to no page, as far as the edition alone can tell."""
        leaf = nowhere.answer(path, query, self.edition, self._route, self._page_for_missing)
        return Kept(leaf) if leaf else None

    def _route(self, path: str) -> Route:
        return FILE if self.is_file(path) else self.printer.route(path)

    def _page_for_missing(self) -> Leaf | None:
        try:
            kept = self._leaf(MISSING)
        except (MainsAway, RenderFailed):
            return None  # it is said in plain words
        return kept.leaf if kept else None

    def _of_this_thread(self) -> OfThread:
        mine: OfThread | None = getattr(self._of_thread, "mine", None)
        if mine is None:
            mine = self._of_thread.mine = OfThread(self.edition)
        return mine


def send(kept: Kept, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Answer a GET or HEAD with a leaf: the best variant, or 304 if the client has it."""
    ready = kept.answer(environ.get("HTTP_ACCEPT_ENCODING", ""))
    if_none_match = environ.get("HTTP_IF_NONE_MATCH")
    if if_none_match and kept.leaf.status == HTTPStatus.OK and negotiate.matches(if_none_match, ready.tag):
        start_response("304 Not Modified", ready.headers_unchanged)
        return NOTHING
    start_response(STATUS_LINES[kept.leaf.status], ready.headers)
    return NOTHING if environ["REQUEST_METHOD"] == "HEAD" else ready.body


@lru_cache(maxsize=8192)
def leaf_path(path_info: str) -> str:
    """The address of a request as leaves are named: percent-encoded UTF-8."""
    return quote(path_info.encode("latin-1"), safe=SAFE_PATH)
