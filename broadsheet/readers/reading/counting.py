"""Where pages say that they are read: answered by the front, before any page is looked for and without a database.

``POST /seen/12/`` is the beacon of the theme's script, ``GET`` the picture that browsers without a script load. Both
are answered alike whatever is sent: nobody learns what is counted.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from django.conf import settings

from broadsheet.readers.reading import events
from broadsheet.readers.reading.clerk import Clerk
from broadsheet.readers.reading.decide import QUARTERS
from broadsheet.readers.reading.events import Event
from broadsheet.readers.reading.origins import origin
from broadsheet.readers.reading.refusals import is_refused
from broadsheet.readers.reading.salts import key_of

PATH = "/seen/"
LONGEST_BODY = 300
LARGEST_ID = 2**31
PIXEL = bytes.fromhex("47494638396101000100800000000000ffffff21f90401000000002c000000000100010000020144003b")
"""One transparent point (GIF)."""
NEVER_KEPT = [("Cache-Control", "private, no-store"), ("X-Robots-Tag", "noindex")]

Environ = dict[str, Any]


class Counter:
    """A WSGI application."""

    def __init__(self, clerk: Clerk) -> None:
        self._clerk = clerk
        self._own = frozenset({*settings.ALLOWED_HOSTS, urlsplit(settings.BASE_URL).hostname or ""})

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        method = environ["REQUEST_METHOD"]
        if method not in {"GET", "HEAD", "POST"}:
            start_response("405 Method Not Allowed", [("Allow", "GET, HEAD, POST"), ("Content-Length", "0")])
            return [b""]
        article = article_in(environ["PATH_INFO"])
        if article and method != "HEAD" and not is_refused(environ):
            self._take(article, environ, method)
        if method == "POST":
            start_response("204 No Content", NEVER_KEPT)
            return [b""]
        start_response("200 OK", [*NEVER_KEPT, ("Content-Type", "image/gif"), ("Content-Length", str(len(PIXEL)))])
        return [b"" if method == "HEAD" else PIXEL]

    def _take(self, article: int, environ: Environ, method: str) -> None:
        said = _said(environ) if method == "POST" else {}
        if said is None:
            return
        quarter = said.get("quarter", "0")
        if quarter not in {str(number) for number in range(QUARTERS + 1)}:
            return
        group, host = ("", "") if quarter != "0" else origin(said.get("from", ""), self._own)
        event = Event(
            at=int(time.time()),
            key=key_of(self._clerk.salts.value, environ, article),
            article=article,
            quarter=int(quarter),
            group=group,
            host=host,
        )
        self._clerk.spool.put(events.write(event))


def article_in(path: str) -> int | None:
    """The article's id in an address; None in one that we never wrote."""
    number = path.removeprefix(PATH).removesuffix("/")
    return (
        int(number)
        if number.isascii() and number.isdigit() and 0 < len(number) < 11 and int(number) < LARGEST_ID
        else None
    )


def _said(environ: Environ) -> dict[str, str] | None:
    """The fields of a beacon; None for a body that no page of ours sends."""
    length = environ.get("CONTENT_LENGTH") or "0"
    if not length.isdigit() or int(length) > LONGEST_BODY:
        return None
    try:
        fields = parse_qs(environ["wsgi.input"].read(int(length)).decode("ascii"), max_num_fields=4)
    except ValueError:
        return None
    return {name: values[0] for name, values in fields.items()}
