"""Whether a form was sent from a page of the paper: readers' forms carry no cookie and no token (decision 7)."""

from __future__ import annotations

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest


def is_same_site(request: HttpRequest) -> bool:
    """Whether ``Origin`` or ``Sec-Fetch-Site`` names no other site; programs that send neither are let in."""
    origin = request.headers.get("Origin")
    if origin in {None, "", "null"}:
        return request.headers.get("Sec-Fetch-Site", "same-origin") in {"same-origin", "none"}
    return urlsplit(str(origin)).netloc in {request.get_host(), urlsplit(settings.BASE_URL).netloc}
