"""How this process stands, for whoever watches the site: an answer in JSON that asks no database."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterable
from typing import Any

from django.http import HttpRequest, HttpResponse

from broadsheet.press.edition import Edition, open_edition
from broadsheet.press.mains.answering import the_mains

PATH = "/health.json"


def report(edition: Edition) -> dict[str, Any]:
    """What works and since when something does not, in seconds; null is "nothing is wrong".

    Args:
        edition: this machine's.
    Returns:
        ``ok``, whether all is well; ``database_away``; ``edition_trouble``; ``followed``, since the purge log last
        brought something; ``readable``, whether printed pages can be served.
    """
    now = time.time()
    database, trouble = the_mains().since, edition.trouble.since
    try:
        followed, readable = edition.state("followed_at"), True
    except (sqlite3.Error, OSError):
        followed, readable = None, False
    return {
        "ok": database is None and trouble is None and readable,
        "database_away": _seconds(now, database),
        "edition_trouble": _seconds(now, trouble),
        "followed": _seconds(now, float(followed) if followed else None),
        "readable": readable,
    }


def view(request: HttpRequest) -> HttpResponse:
    """The same where no front stands before Django."""
    found = report(open_edition())
    return HttpResponse(json.dumps(found), content_type="application/json", status=200 if found["readable"] else 503)


def send(edition: Edition, start_response: Callable[..., Any]) -> Iterable[bytes]:
    """200 as long as printed pages can be served, else 503: what a load balancer wants to know."""
    found = report(edition)
    body = json.dumps(found).encode() + b"\n"
    headers = [("Content-Type", "application/json"), ("Cache-Control", "no-store"), ("Content-Length", str(len(body)))]
    start_response("200 OK" if found["readable"] else "503 Service Unavailable", headers)
    return [body]


def _seconds(now: float, since: float | None) -> int | None:
    return None if since is None else round(now - since)
