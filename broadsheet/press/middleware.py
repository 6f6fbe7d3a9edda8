"""Headers of readers' pages: what they may load, how long a cache may keep them."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote

from django.http import HttpRequest, HttpResponse
from django.urls import ResolverMatch
from wagtail.contrib.redirects.middleware import RedirectMiddleware

from broadsheet.press.addresses import SAFE_PATH
from broadsheet.press.edition import open_edition
from broadsheet.press.leaves import terms_of
from broadsheet.theme import assets

BROWSER_SECONDS = 0
SHARED_SECONDS = 60
STALE_SECONDS = 86_400


def cache_control() -> str:
    """Browsers ask each time (a 304 is cheap); shared caches keep a page a minute, longer when we are down."""
    return (
        f"public, max-age={BROWSER_SECONDS}, s-maxage={SHARED_SECONDS}, "
        f"stale-while-revalidate={SHARED_SECONDS}, stale-if-error={STALE_SECONDS}"
    )


def content_security_policy() -> str:
    """Nothing from elsewhere, except what a reader has clicked to load (frames)."""
    return "; ".join(
        [
            "default-src 'none'",
            f"script-src 'self' {assets.script_hashes()}",
            f"style-src 'self' {assets.style_hashes()}",
            "style-src-attr 'unsafe-inline'",  # object-position of pictures: an attribute cannot load anything
            "img-src 'self' data:",
            "font-src 'self'",
            "connect-src 'self'",
            "media-src 'self'",
            "frame-src https:",
            "manifest-src 'self'",
            "form-action 'self'",
            "base-uri 'none'",
            "frame-ancestors 'self'",
        ]
    )


class ReaderHeaders:
    """Sets the headers of every answer that belongs to the paper, not to the desk."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if _is_readers(request):
            response.headers.setdefault("Content-Security-Policy", content_security_policy())
            response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=()")
            response.headers.setdefault("Cache-Control", _kept_how(request.resolver_match, response.status_code))
        return response


class KnownRedirects(RedirectMiddleware):
    """Wagtail's redirects, looked up only where the edition cannot tell that there is none."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        if response.status_code == 404 and self._leads_nowhere(request):
            return response
        return super().process_response(request, response)

    def _leads_nowhere(self, request: HttpRequest) -> bool:
        edition = open_edition()
        path = quote(request.path, safe=SAFE_PATH)
        return not request.META.get("QUERY_STRING") and edition.is_surveyed() and not edition.knows([path])


def _is_readers(request: HttpRequest) -> bool:
    return not request.path.startswith(("/desk/", "/static/", "/documents/"))


def _kept_how(match: ResolverMatch | None, status: int) -> str:
    if match is not None and terms_of(match.func) and status == 200:
        return cache_control()
    return "no-store" if status >= 400 else "private, no-store"
