"""Where a reader's browser registers for breaking news, after the reader's click, and takes it back.

No cookie and no token: a registration is worth nothing to anybody but the browser that made it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseForbidden, JsonResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from broadsheet.press.leaves import leaf
from broadsheet.readers.limits.senders import address_of
from broadsheet.readers.push import signing
from broadsheet.readers.push.actions import devices
from broadsheet.readers.push.errors import BadDevice, TooMany
from broadsheet.readers.same_site import is_same_site

WORKER = Path(__file__).parent / "static" / "readers" / "push" / "worker.js"
MOST = 8_000
"""Bytes of a registration."""


@leaf()
def worker(request: HttpRequest) -> HttpResponse:
    """The script that a browser keeps to show notifications, at an address that never changes."""
    return HttpResponse(WORKER.read_bytes(), content_type="text/javascript; charset=utf-8")


@leaf()
def key(request: HttpRequest) -> HttpResponse:
    """The public key that a browser registers with."""
    return HttpResponse(signing.public_key(), content_type="text/plain; charset=utf-8")


def icon(request: HttpRequest) -> HttpResponse:
    """The picture in a notification, at an address that devices may keep."""
    return redirect(static("theme/icons/icon-180.png"))


@csrf_exempt
@require_POST
def register(request: HttpRequest) -> HttpResponse:
    """Take a browser's registration."""
    if not is_same_site(request):
        return HttpResponseForbidden("Notifications can only be asked for on a page of the paper.")
    try:
        devices.register(_said(request), sender=address_of(request))
    except BadDevice as error:
        return JsonResponse({"error": str(error)}, status=422)
    except TooMany as error:
        return JsonResponse({"error": str(error)}, status=429)
    return JsonResponse({}, status=201)


@csrf_exempt
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget a browser."""
    if not is_same_site(request):
        return HttpResponseForbidden("Notifications can only be stopped on a page of the paper.")
    said = _said(request)
    devices.forget(str(said.get("endpoint", "")) if isinstance(said, dict) else "")
    return HttpResponse(status=204)


def _said(request: HttpRequest) -> Any:
    try:
        return json.loads(request.body) if len(request.body) <= MOST else None
    except ValueError:
        return None
