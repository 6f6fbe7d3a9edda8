"""Printing a leaf: one renders, the others wait no longer than that rendering or take what was printed before."""

from __future__ import annotations

import io
import logging
import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponseBase
from django.urls import Resolver404, resolve

from broadsheet.press import follow, guard, recorder
from broadsheet.press.edition import Edition, Leaf, open_edition
from broadsheet.press.edition.leaf import make_leaf
from broadsheet.press.errors import RenderFailed
from broadsheet.press.history import recording
from broadsheet.press.leaves import LeafTerms, is_kept_out, terms_of

logger = logging.getLogger("broadsheet.press")

WAIT_SECONDS = 5.0
"""Longest wait for somebody else's rendering before the stale leaf is served."""
CLAIM_SECONDS = 30.0
"""After this long a renderer is taken for dead."""
RETRY_SECONDS = 5.0
"""Pause after a failed rendering, while the stale leaf is served."""

DROPPED_HEADERS = {"content-length", "etag", "last-modified", "set-cookie", "vary", "expires"}


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What rendering an address came to."""

    leaf: Leaf | None
    """The printed leaf; None if the address has none."""
    status: int
    """HTTP status of the rendering."""


class Printer:
    """Renders leaves through Django, one at a time for each address."""

    def __init__(self, edition: Edition | None = None) -> None:
        self.edition = edition or open_edition()
        self._handler = WSGIHandler()
        self._flights: dict[str, threading.Event] = {}
        self._lock = threading.Lock()

    def terms(self, path: str) -> LeafTerms | None:
        """How the page at an address is kept; None if no leaf can stand there."""
        try:
            return terms_of(resolve(unquote(path)).func)
        except Resolver404:
            return None

    def print(self, path: str, terms: LeafTerms, old: Leaf | None) -> Answer:
        """Render an address, or wait for whoever is doing so.

        Args:
            path: the address, percent-encoded.
            terms: how it is kept.
            old: the stale leaf that may be served instead, if there is one.
        Raises:
            RenderFailed: rendering failed and there is no old leaf.
        """
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

    def render(self, path: str, terms: LeafTerms) -> tuple[Answer, recorder.Recording]:
        """Render an address without keeping it.

        Raises:
            RenderFailed: the view failed.
        """
        answer, record, _ = self._render(path, terms, environ_for(path))
        return answer, record

    def _join(self, path: str) -> tuple[bool, threading.Event]:
        with self._lock:
            flight = self._flights.get(path)
            if flight is not None:
                return False, flight
            self._flights[path] = flight = threading.Event()
            return True, flight

    def _lead(self, path: str, terms: LeafTerms, old: Leaf | None) -> Answer:
        owner = f"{os.getpid()}-{threading.get_ident()}"
        if not self.edition.claim(path, owner, CLAIM_SECONDS):
            return self._wait(path, terms, old, None)
        try:
            return self._print(path, terms)
        except RenderFailed as error:
            logger.exception("%s", error)
            if old is None:
                raise
            self.edition.failed(path, str(error), time.time() + RETRY_SECONDS)
            return Answer(leaf=old, status=old.status)
        finally:
            self.edition.release(path, owner)

    def _print(self, path: str, terms: LeafTerms) -> Answer:
        if self.edition.state("cursor") is None:
            follow.follow()  # a new edition: what is purged from here on concerns it
        began = self.edition.generation()
        started = time.perf_counter()
        environ = environ_for(path)
        answer, record, keep = self._render(path, terms, environ)
        if answer.leaf is None or not keep:
            self.edition.drop(path)
            recording.gone(path)
            return Answer(leaf=None, status=answer.status)
        took = (time.perf_counter() - started) * 1000
        recording.printed(answer.leaf, environ)
        self.edition.put(answer.leaf, record.dependencies(), began=began, hot=terms.hot, render_ms=took)
        return answer

    def _render(self, path: str, terms: LeafTerms, environ: dict[str, Any]) -> tuple[Answer, recorder.Recording, bool]:
        with recorder.recording() as record, guard.watching():
            response = self._handler(environ, _ignore)
            body = b"".join(response) if response.status_code < 500 else b""
            response.close()
        if response.status_code >= 500:
            raise RenderFailed(path=path, cause=f"answered {response.status_code}; the log above has the error")
        if response.status_code != 200 or is_kept_out(environ):
            return Answer(leaf=None, status=response.status_code), record, False
        if terms.seconds is not None:
            record.until(datetime.fromtimestamp(time.time() + terms.seconds).astimezone())
        expires = record.changes_at.timestamp() if record.changes_at else None
        made = make_leaf(path, response.status_code, _headers(response), body, expires)
        return Answer(leaf=made, status=200), record, True

    def _wait(self, path: str, terms: LeafTerms, old: Leaf | None, flight: threading.Event | None) -> Answer:
        deadline = time.monotonic() + WAIT_SECONDS
        if flight is not None:
            flight.wait(WAIT_SECONDS)
        while self.edition.is_claimed(path) and time.monotonic() < deadline:
            time.sleep(0.01)
        found = self.edition.get(path) or old
        if found is not None:
            return Answer(leaf=found, status=found.status)
        answer, _, _ = self._render(path, terms, environ_for(path))
        return answer


def _ignore(status: str, headers: list[tuple[str, str]], error: Any = None, /) -> Callable[[bytes], object]:
    """Takes what WSGI would send: the response object itself has it all."""
    return lambda _: None


def environ_for(path: str) -> dict[str, Any]:
    """A plain GET of an address at the public base address: no cookie, no query."""
    base = urlsplit(settings.BASE_URL)
    port = str(base.port or (443 if base.scheme == "https" else 80))
    return {
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(path, encoding="utf-8").encode("utf-8").decode("latin-1"),
        "QUERY_STRING": "",
        "SERVER_NAME": base.hostname or "localhost",
        "SERVER_PORT": port,
        "HTTP_HOST": base.netloc.rpartition("@")[2],
        "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_X_FORWARDED_PROTO": base.scheme,
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": base.scheme,
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        "wsgi.version": (1, 0),
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def _headers(response: HttpResponseBase) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in response.items() if name.lower() not in DROPPED_HEADERS)
