"""RSS 0.9x to 2.0, RDF and Atom: the fast parser first, the complete one when it fails or finds nothing."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from xml.parsers import expat

import fastfeedparser
import feedparser

from broadsheet.wire.formats import entries, head
from broadsheet.wire.formats.values import ParsedFeed
from broadsheet.wire.formats.wording import address, words

#: Elements and attributes beyond any honest feed; the complete parser takes minutes over more.
MOST_MARKS = 400_000


def read(body: bytes, url: str, content_type: str, now: datetime) -> ParsedFeed:
    """Read an XML feed.

    Args: body as fetched; url it came from; content_type with its charset; now, to judge dates by.
    Raises: ValueError when it is no feed; what the parsers raise.
    """
    document = _fast(body) or _complete(body, url, content_type)
    channel: Mapping[str, Any] = document.get("feed") or {}
    said = head.read(body, url)
    site = address(channel.get("link"), url)
    return ParsedFeed(
        title=words(channel.get("title"), 300),
        site_url=site,
        language=words(channel.get("language"), 35) or said.language,
        ttl=said.ttl,
        hub=said.hub,
        kind="feed",
        items=tuple(entries.item(entry, site or url, now) for entry in document["entries"]),
    )


def _fast(body: bytes) -> Mapping[str, Any] | None:
    if not _well_formed(body):
        return None  # it mends such feeds by leaving words out, and says nothing
    try:
        document: Mapping[str, Any] = fastfeedparser.parse(body)
    except MemoryError:
        raise
    except Exception:  # it raises whatever it stumbles over; the complete parser is asked instead
        return None
    return document if document.get("entries") else None


def _well_formed(body: bytes) -> bool:
    try:
        expat.ParserCreate().Parse(body, True)
    except (expat.ExpatError, ValueError, LookupError):
        return False
    return True


def _complete(body: bytes, url: str, content_type: str) -> Mapping[str, Any]:
    if body.count(b"<") + body.count(b"=") > MOST_MARKS:
        raise ValueError("it has more markup than any feed needs")
    headers = {"content-type": content_type or "application/xml", "content-location": url}
    document: Mapping[str, Any] = feedparser.parse(
        io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )
    if not document.get("version") and not document.get("entries"):
        raise ValueError("it is no feed")
    return document
