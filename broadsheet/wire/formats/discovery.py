"""Finding a site's feed from the site's address."""

from __future__ import annotations

import contextlib
from html.parser import HTMLParser

from broadsheet.wire.formats.wording import address, words

#: Where feeds are when a page names none, the likeliest first.
COMMON_PATHS = ("/feed", "/rss.xml", "/atom.xml", "/feed.xml", "/index.xml", "/rss", "/feed.json")
_TYPES = {
    "application/rss+xml",
    "application/atom+xml",
    "application/feed+json",
    "application/json",
    "application/rdf+xml",
}
_MOST = 20


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.base = ""
        self.found: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        if tag == "base" and not self.base:
            self.base = attributes.get("href", "")
        elif tag == "link" and len(self.found) < _MOST and _is_feed(attributes):
            self.found.append((attributes.get("href", ""), attributes.get("title", "")))


def _is_feed(attributes: dict[str, str]) -> bool:
    kind = attributes.get("type", "").partition(";")[0].strip().lower()
    return "alternate" in attributes.get("rel", "").lower().split() and kind in _TYPES


def links(page: bytes, url: str) -> tuple[str, ...]:
    """Addresses of the feeds a page names by link rel=alternate, best first; feeds of comments come last.

    Args: page, its bytes; url it came from.
    """
    reader = _Links()
    with contextlib.suppress(AssertionError, ValueError):  # bytes that are no HTML: what was found until then counts
        reader.feed(page[:1_000_000].decode("utf-8", "replace"))
    base = address(reader.base, url) or url
    feeds = [(address(href, base), words(title).lower()) for href, title in reader.found]
    feeds.sort(key=lambda feed: "comment" in feed[1] or "/comments" in feed[0])
    return tuple(dict.fromkeys(feed for feed, _ in feeds if feed))


def guesses(url: str) -> tuple[str, ...]:
    """Addresses worth trying when a page names no feed."""
    return tuple(filter(None, (address(path, url) for path in COMMON_PATHS)))
