"""The leaves of live boxes."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from broadsheet.press.boxes import LiveBox
from broadsheet.press.leaves import View, leaf
from broadsheet.press.middleware import STALE_SECONDS


def fragment_of(box: LiveBox) -> View:
    """The view that answers with a box's content alone."""

    @leaf(hot=True, seconds=box.seconds)
    def fragment(request: HttpRequest) -> HttpResponse:
        return HttpResponse(box.content(), headers=headers_of(box))

    return fragment


def headers_of(box: LiveBox) -> dict[str, str]:
    """Browsers and shared caches alike may keep it for its life: a reader who goes from page to page asks once.

    Not ``stale-while-revalidate``: who asks once in a box's life would always be given the one of the life before.
    """
    life = f"max-age={box.seconds}, s-maxage={box.seconds}"
    return {
        "Cache-Control": f"public, {life}, stale-if-error={STALE_SECONDS}",
        "Content-Security-Policy": "default-src 'none'",  # it loads nothing; the pages' policy is longer than a box
        "X-Robots-Tag": "noindex",
    }
