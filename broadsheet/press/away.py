"""The answer 503 while the main database does not answer: what happened, and what somebody had typed.

Made without asking the database: in the look of the paper from a page that was printed for this, else in plain words.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.core.handlers.wsgi import WSGIRequest
from django.http import HttpRequest, HttpResponse, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.utils import timezone

from broadsheet.press.edition import Leaf, open_edition
from broadsheet.press.mains.answering import the_mains

AWAY = "/503.html"
"""The address under which the readers' page is printed."""
MARK = "<!-- what was typed -->"
"""Where in that page it stands what somebody had typed."""
RETRY_SECONDS = 30
"""When we ask to be asked again."""
DESK = "/desk/"
LINE = 80
"""Characters that fit a field of one line."""
LABELS = {"q": "Search for", "email": "E-mail"}
"""Of fields whose names say little."""
HIDDEN = {"", "on"}
"""Fields left empty, and boxes that were ticked: sent again, but not shown."""


def send(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """Answer a request that was not passed on to Django."""
    request = WSGIRequest(environ)
    response = answer(request)
    start_response(f"{response.status_code} {response.reason_phrase}", list(response.items()))
    return [b"" if request.method == "HEAD" else response.content]


def answer(request: HttpRequest) -> HttpResponse:
    """The page: for editors in the desk, for readers elsewhere."""
    if request.path.startswith(DESK):
        response = HttpResponse(render_to_string("press/desk_away.html", _for_the_desk(request)), status=503)
    else:
        response = _for_readers(request)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    response.headers["Cache-Control"] = "no-store"
    response.headers["Content-Length"] = str(len(response.content))
    return response


def _for_the_desk(request: HttpRequest) -> dict[str, Any]:
    since = the_mains().since
    return {
        "since": timezone.localtime(datetime.fromtimestamp(since, UTC)) if since else None,
        "was_sent": request.method == "POST",
        "again": RETRY_SECONDS,
    }


def _for_readers(request: HttpRequest) -> HttpResponse:
    typed = render_to_string("press/typed.html", {"request": request, "typed": _typed(request)})
    leaf = printed(AWAY)
    if leaf is None:
        return HttpResponse(render_to_string("press/away.html", {"title": "Not just now", "typed": typed}), status=503)
    body = leaf.bodies["identity"].replace(MARK.encode(), typed.encode())
    return HttpResponse(body, status=503, headers=dict(leaf.headers))


def printed(path: str) -> Leaf | None:
    """A page that was printed to say what cannot be shown; None if there is none, or the edition cannot be read."""
    try:
        return open_edition().get(path)
    except (sqlite3.Error, OSError):
        return None


def _typed(request: HttpRequest) -> list[dict[str, Any]]:
    """The fields of a form as they were filled in; nothing of a form that another site has sent here."""
    if request.headers.get("Sec-Fetch-Site", "none") not in {"none", "same-origin"}:
        return []
    return [
        {
            "name": name,
            "value": value,
            "label": LABELS.get(name) or name.replace("_", " ").capitalize(),
            "shown": value not in HIDDEN,
            "is_long": len(value) > LINE or "\n" in value,
        }
        for name, values in _sent(request).lists()
        for value in values
    ]


def _sent(request: HttpRequest) -> QueryDict:
    if request.method != "POST":
        return request.GET
    try:
        return request.POST
    except (SuspiciousOperation, RequestDataTooBig, MultiPartParserError, UnreadablePostError):
        return QueryDict()
