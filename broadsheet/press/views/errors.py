"""Pages for what is not there and for what went wrong; they look like the paper."""

from __future__ import annotations

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from broadsheet.press import away
from broadsheet.press.history.rolled_back import MISSING
from broadsheet.press.leaves import leaf
from broadsheet.press.mains import the_mains
from broadsheet.press.mains.visits import is_lost
from broadsheet.press.pages.frame import frame

logger = logging.getLogger("broadsheet.press")


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, with a way on: as the edition has it, so that made-up addresses cost no query; else rendered."""
    kept = away.printed(MISSING)
    if kept is not None:
        return HttpResponse(kept.bodies["identity"], status=404)
    around = frame(title="Page not found", path=request.path, robots="noindex")
    return HttpResponse(render_to_string("theme/pages/404.html", {"frame": around}, request), status=404)


@leaf()
def missing(request: HttpRequest) -> HttpResponse:
    """The page for what is not there, at an address of its own: for exported trees and rolled-back readers."""
    around = frame(title="Page not found", path=request.path, robots="noindex")
    return HttpResponse(render_to_string("theme/pages/404.html", {"frame": around}, request))


@leaf()
def database_away(request: HttpRequest) -> HttpResponse:
    """The page for what cannot be had without the main database, printed while it answers."""
    around = frame(title="Not just now", path=request.path, robots="noindex")
    return HttpResponse(render_to_string("theme/pages/away.html", {"frame": around, "mark": away.MARK}, request))


def failed(request: HttpRequest) -> HttpResponse:
    """500; 503 if the main database does not answer, which is not asked again then."""
    error = sys.exc_info()[1]
    if isinstance(error, (OperationalError, InterfaceError)):
        response = away.answer(request)
        # Django would log the traceback of every one; the alarm has been sounded once, and may have ended by a visit
        # that was answered just before.
        response._has_been_logged = the_mains().since is not None or is_lost(error)  # type: ignore[attr-defined]
        return response
    try:
        around = frame(title="Something went wrong", path=request.path, robots="noindex")
        body = render_to_string("theme/pages/500.html", {"frame": around}, request)
    except Exception:
        logger.exception("The error page could not be built either.")
        body = render_to_string("theme/pages/500_plain.html")
    return HttpResponse(body, status=500)
