"""The front: the WSGI application that answers readers from the edition, before Django is asked.

A request for a kept page costs two version checks and a dictionary look-up. Everything else falls through.
"""

from __future__ import annotations

import logging
import sqlite3
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

from django.db import DatabaseError

from broadsheet.press import negotiate
from broadsheet.press.changes import ChangeWatch
from broadsheet.press.edition import Edition, Leaf, open_edition
from broadsheet.press.errors import RenderFailed
from broadsheet.press.printer import Printer

logger = logging.getLogger("broadsheet.press")

Environ = dict[str, Any]
StartResponse = Callable[..., Any]
WSGIApplication = Callable[[Environ, StartResponse], Iterable[bytes]]

MEMORY_BYTES = 64 * 1024 * 1024
SAFE_PATH = "/-._~!$&'()*+,;=:@"


class Memory:
    """The leaves asked for lately, of one process; valid for one version of the edition."""

    def __init__(self, limit: int = MEMORY_BYTES) -> None:
        self.version = (-1, -1)
        self._limit = limit
        self._size = 0
        self._leaves: OrderedDict[str, Leaf] = OrderedDict()

    def get(self, path: str, version: tuple[int, int]) -> Leaf | None:
        """A leaf, if the edition has not been written to since."""
        if version != self.version:
            self._leaves = OrderedDict()
            self._size, self.version = 0, version
        return self._leaves.get(path)

    def keep(self, leaf: Leaf, version: tuple[int, int]) -> None:
        """Remember a leaf that was read at a version."""
        if version != self.version:
            return
        self._leaves[leaf.path] = leaf
        self._size += sum(map(len, leaf.bodies.values()))
        while self._size > self._limit:
            _, old = self._leaves.popitem(last=False)
            self._size -= sum(map(len, old.bodies.values()))


class Front:
    """Serves leaves; passes everything else to the application behind it."""

    def __init__(self, behind: WSGIApplication, edition: Edition | None = None) -> None:
        self.behind = behind
        self.edition = edition or open_edition()
        self.printer = Printer(self.edition)
        self.changes = ChangeWatch()
        self._memory: dict[int, Memory] = {}

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"}:
            return self.behind(environ, start_response)
        path = quote(environ["PATH_INFO"].encode("latin-1"), safe=SAFE_PATH)
        try:
            leaf = self._leaf(path)
        except RenderFailed:
            leaf = None  # Django answers with its error page and logs the error with the real request
        except sqlite3.Error:
            logger.exception("The edition cannot be used for %s; the page is rendered for this reader only.", path)
            leaf = None
        if leaf is None:
            return self.behind(environ, start_response)
        return send(leaf, environ, start_response)

    def _leaf(self, path: str) -> Leaf | None:
        self.changes.follow()
        version = self.edition.version()
        memory = self._memory_of_thread()
        known = memory.get(path, version)
        if known is not None and known.fresh_at(time.time()):
            return known
        found = self.edition.get(path)
        if found is not None and found.fresh_at(time.time()):
            memory.keep(found, version)
            return found
        return self._print(path, found)

    def _print(self, path: str, old: Leaf | None) -> Leaf | None:
        terms = self.printer.terms(path)
        if terms is None:
            return None
        try:
            return self.printer.print(path, terms, old).leaf
        except DatabaseError:
            if old is None:
                raise
            return old

    def _memory_of_thread(self) -> Memory:
        # PRAGMA data_version counts what others wrote as this connection sees it, so memory goes with the connection.
        local = self.edition._local
        memory: Memory | None = getattr(local, "memory", None)
        if memory is None:
            memory = local.memory = Memory(MEMORY_BYTES // 8)
        return memory


def send(leaf: Leaf, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
    """Answer a GET or HEAD with a leaf: the best variant, or 304 if the client has it."""
    coding = negotiate.choose(leaf, environ.get("HTTP_ACCEPT_ENCODING", ""))
    tag = negotiate.etag(leaf, coding)
    headers = [*leaf.headers, ("ETag", tag), ("Vary", "Accept-Encoding")]
    if_none_match = environ.get("HTTP_IF_NONE_MATCH")
    if if_none_match and negotiate.matches(if_none_match, tag):
        start_response("304 Not Modified", [(n, v) for n, v in headers if n != "Content-Type"])
        return [b""]
    if coding != "identity":
        headers.append(("Content-Encoding", coding))
    body = leaf.bodies[coding]
    headers.append(("Content-Length", str(len(body))))
    start_response("200 OK", headers)
    return [b""] if environ["REQUEST_METHOD"] == "HEAD" else [body]
