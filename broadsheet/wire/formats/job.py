"""The child's job for feeds: bytes in, a feed as JSON out."""

from __future__ import annotations

import dataclasses
import sys
from datetime import UTC, datetime
from typing import Any

import feedparser

from broadsheet.wire.formats import jsonfeed, sitemap, xmlfeeds
from broadsheet.wire.formats.values import ParsedFeed

#: The fast parser asks dateparser last, which makes a date of any words at all; no date is better than a wrong one.
sys.modules["dateparser"] = None  # type: ignore[assignment]


_SAMPLE = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>A feed</title><link>https://example.org/</link><item>'
    "<title>An entry</title><link>https://example.org/1</link><pubDate>Fri, 01 May 2026 09:00:00 GMT</pubDate>"
    "<description>Words.</description></item></channel></rss>"
)


def warm() -> None:
    """Have both parsers load what they load at their first feed."""
    now = datetime(2026, 5, 2, tzinfo=UTC)
    read(_SAMPLE.encode(), "https://example.org/feed.xml", "application/rss+xml", now)
    feedparser.parse(_SAMPLE)


def run(arguments: dict[str, Any], body: bytes) -> dict[str, Any]:
    """Read one feed. Arguments: url, content_type, now (ISO 8601), most (entries kept, the newest)."""
    feed = read(body, arguments["url"], arguments["content_type"], datetime.fromisoformat(arguments["now"]))
    return dataclasses.asdict(dataclasses.replace(feed, items=_newest(feed, int(arguments["most"]))))


def read(body: bytes, url: str, content_type: str, now: datetime) -> ParsedFeed:
    """Read a feed of any kind, told by its first bytes. Raises ValueError when it is none."""
    start = body[:512].lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start:
        raise ValueError("it is empty")
    if start[:1] in (b"{", b"["):
        return jsonfeed.read(body, url, now)
    if sitemap.looks_like_one(body):
        return sitemap.read(body, url, now)
    return xmlfeeds.read(body, url, content_type, now)


def _newest(feed: ParsedFeed, most: int) -> tuple[Any, ...]:
    if len(feed.items) <= most:
        return feed.items
    order = sorted(range(len(feed.items)), key=lambda at: _age(feed, at), reverse=True)[:most]
    return tuple(feed.items[at] for at in sorted(order))


def _age(feed: ParsedFeed, at: int) -> tuple[float, int]:
    published = feed.items[at].published
    return (published.timestamp() if published else 0.0, -at)
