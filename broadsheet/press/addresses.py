"""Addresses: which can lead to a page at all. Pure.

A front knows the stems of all addresses of the paper (see ``surveying``), so that one nobody ever published is answered
without a query. Pages that are made of others (feeds, older pages, archives) are known by what they are made of.
"""

from __future__ import annotations

import re
from datetime import datetime
from hashlib import blake2b
from urllib.parse import quote, unquote

from django.utils import timezone

SAFE_PATH = "/-._~!$&'()*+,;=:@"
KEY = "at:"
ALL_MOVED = "at:*"
"""The key that says: addresses changed in a number that nobody wants to list."""

_FEED = re.compile(r"^(/(?:.+/)?)feed/(?:rss\.xml|atom\.xml|feed\.json)$")
_OLDER = re.compile(r"^(/(?:.+/)?)older/(\d{8}T\d{12}-\d+)/$")
_SITEMAP = re.compile(r"^/sitemap-(\d{4})-(\d\d)(?:-\d+)?\.xml$")
_SLASHES = re.compile(r"/{2,}")


def number_of(address: str) -> int:
    """An address as 64 bits."""
    return int.from_bytes(blake2b(address.encode(), digest_size=8).digest(), "big", signed=True)


def address_key(address: str) -> str:
    """The surrogate key of an address: purged when something comes to stand there."""
    return f"{KEY}{number_of(address)}"


def stems(path: str) -> tuple[str, ...]:
    """What must be known for a path to lead to a page.

    Args:
        path: percent-encoded, as leaves are named.
    """
    if found := _FEED.match(path):
        return (found[1],)
    if found := _OLDER.match(path):
        return (*stems(found[1]), cursor_stem(found[2]))
    if found := _SITEMAP.match(path):
        return (f"/archive/{found[1]}/{found[2]}/",)
    return (path,)


def cursor_stem(cursor: str) -> str:
    """How the place that an older page starts at is known: the same in every list of the article."""
    return f"older/{cursor}"


def listed_stems(at: datetime, cursor: str) -> tuple[str, ...]:
    """What a published article makes known besides its own address: its month, its day, the place it stands at."""
    local = timezone.localtime(at)
    return (f"/archive/{local:%Y/%m}/", f"/archive/{local:%Y/%m/%d}/", cursor_stem(cursor))


def likely_meant(path: str) -> tuple[str, ...]:
    """Addresses that somebody who asked for this one may have meant: other case, a slash more or less, index.html."""
    plain = _SLASHES.sub("/", unquote(path))
    plain = plain.removesuffix("index.html").removesuffix("index.htm")
    slashed = plain if plain.endswith("/") else f"{plain}/"
    candidates = (plain, slashed, plain.rstrip("/"), plain.lower(), slashed.lower(), plain.lower().rstrip("/"))
    quoted = (quote(candidate, safe=SAFE_PATH) for candidate in candidates if candidate)
    return tuple(candidate for candidate in dict.fromkeys(quoted) if candidate != path)
