"""Addresses at the top of the site where the site itself answers: a page there could not be read.

They are not listed here: they are read from the URL configuration, so that no address of a later version is forgotten.
What is answered before the URL configuration is asked is told by whoever answers it (``keep``).
"""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.urls import Resolver404, URLResolver, get_resolver, resolve
from django.utils.regex_helper import normalize
from wagtail.models import Page

PAGES = "wagtail_serve"
"""The name of the route that leads to pages."""
HOME_DEPTH = 2
"""Of the home page in the page tree, below the root."""
_kept: set[str] = set()


def keep(path: str) -> None:
    """Say that addresses which begin so are answered before the URL configuration is asked."""
    _kept.add(path)


def names() -> frozenset[str]:
    """The first parts of all addresses of the site's own: ``search`` of ``/search/suggest/``."""
    paths = (path.removeprefix("/") for path in (*_kept, settings.STATIC_URL, settings.MEDIA_URL))
    firsts = (path.partition("/") for path in (*paths, *_routes(get_resolver())))
    # Without a slash behind it, it is a file such as robots.txt; a placeholder stands for pages too.
    return frozenset(first for first, slash, _ in firsts if first and slash and "%" not in first)


def is_own(slug: str) -> bool:
    """Whether a page with this slug at the top, or what lies below it, would be hidden."""
    return slug in names() or not _leads_to_page(slug)


def hides(slug: str, parent: Page | None) -> bool:
    """Whether a page with this slug would be hidden below this parent."""
    return parent is not None and parent.depth == HOME_DEPTH and is_own(slug)


def refusal(slug: str) -> str:
    """What an editor is told of such a slug."""
    return (
        f"Addresses of the site itself begin with /{slug}/: readers would not find this page there, or those below it. "
        f"Write another slug, such as {slug}-2."
    )


def _routes(below: URLResolver, before: str = "") -> Iterator[str]:
    """Addresses by their form, such as ``authors/%(slug)s/``; of a branch, its beginning if that is enough."""
    for entry in below.url_patterns:
        regex = before + entry.pattern.regex.pattern.removeprefix("^")
        if isinstance(entry, URLResolver) and "/" not in regex:
            yield from _routes(entry, regex)
        else:
            yield from (form for form, _ in normalize(regex))


def _leads_to_page(slug: str) -> bool:
    try:
        return resolve(f"/{slug}/").url_name == PAGES
    except Resolver404:
        return True  # it is no slug: the field says so
