"""Rendering an address through Django, and writing down what it shows."""

from __future__ import annotations

import io
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpResponseBase

from broadsheet.press import guard, recorder
from broadsheet.press.addresses import address_key
from broadsheet.press.edition import Leaf
from broadsheet.press.edition.leaf import make_leaf, tag_of
from broadsheet.press.errors import RenderFailed
from broadsheet.press.leaves import LeafTerms, is_kept_out
from broadsheet.press.recorder import Dependency

KEPT = {200, 301, 302}
"""Statuses that are the same for every reader until something changes."""
DROPPED_HEADERS = {"content-length", "etag", "last-modified", "set-cookie", "vary", "expires"}


@dataclass(frozen=True, kw_only=True)
class Rendered:
    """What rendering an address came to."""

    path: str
    """The address."""
    status: int
    """HTTP status."""
    headers: tuple[tuple[str, str], ...]
    """Headers, without those that go with a coding."""
    body: bytes
    """The body, without coding."""
    expires: float | None
    """Unix time at which it changes by itself; None for never."""
    dependencies: frozenset[Dependency]
    """What it shows."""
    keep: bool
    """Whether it is a leaf: the same for every reader."""
    environ: dict[str, Any]
    """The request it was rendered for, with what the views have noted in it."""

    @property
    def tag(self) -> str:
        """The entity tag of the body without coding, as the leaf has it; empty if there is no leaf."""
        return tag_of(self.body) if self.keep else ""

    def leaf(self) -> Leaf:
        """The leaf, with its variants made."""
        return make_leaf(self.path, self.status, self.headers, self.body, self.expires)


def render(handler: WSGIHandler, path: str, terms: LeafTerms) -> Rendered:
    """Ask Django for an address, as a reader without cookies would.

    Raises:
        RenderFailed: it answered with a server error.
    """
    environ = environ_for(path)
    with recorder.recording() as record, guard.watching():
        response = handler(environ, _ignore)
        body = b"".join(response) if response.status_code < 500 else b""
        response.close()
    if response.status_code >= 500:
        raise RenderFailed(path=path, cause=f"answered {response.status_code}; the log above has the error")
    keep = response.status_code in KEPT and not is_kept_out(environ)
    if keep:
        _complete(record, path, terms, response.status_code)
    return Rendered(
        path=path,
        status=response.status_code,
        headers=_headers(response),
        body=body,
        expires=record.changes_at.timestamp() if record.changes_at else None,
        dependencies=record.dependencies(),
        keep=keep,
        environ=environ,
    )


def _complete(record: recorder.Recording, path: str, terms: LeafTerms, status: int) -> None:
    record.add_sections_above()
    if status != 200:
        record.objects.add(address_key(path))  # until a page comes to stand here
    if terms.seconds is not None:
        record.until(datetime.fromtimestamp(time.time() + terms.seconds).astimezone())


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
