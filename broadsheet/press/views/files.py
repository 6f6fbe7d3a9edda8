"""robots.txt and the pictures' files."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.views.static import serve

from broadsheet.press.leaves import leaf
from broadsheet.press.pages.frame import absolute

ROBOTS = """User-agent: *
Disallow: /account/
Disallow: /desk/
Disallow: /search/
Sitemap: {sitemap}
Sitemap: {news}
"""

MEDIA_HEADERS = {
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
}
"""What an uploaded file is sent with: it never changes, and can do nothing in a browser."""


@leaf()
def robots(request: HttpRequest) -> HttpResponse:
    """What crawlers may ask for, and where the sitemaps are (RFC 9309)."""
    text = ROBOTS.format(sitemap=absolute("/sitemap.xml"), news=absolute("/sitemap-news.xml"))
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def media(request: HttpRequest, path: str) -> HttpResponseBase:
    """An uploaded file: pictures never change under their name. Larger sites leave these to a proxy or bucket."""
    response = serve(request, path, document_root=settings.MEDIA_ROOT)
    for name, value in MEDIA_HEADERS.items():
        response[name] = value
    return response
