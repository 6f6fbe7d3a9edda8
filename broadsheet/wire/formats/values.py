"""One feed as parsed. Nothing here is cleaned yet: titles and bodies are as the source wrote them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, kw_only=True)
class Enclosure:
    """A file that comes with an entry."""

    #: Its address, absolute.
    url: str
    #: Its media type, or "".
    type: str = ""
    #: Its size in bytes as the feed claims, or 0.
    length: int = 0


@dataclass(frozen=True, kw_only=True)
class ParsedItem:
    """One entry of a feed."""

    #: What tells it from the other entries of its feed; never empty.
    guid: str
    #: The address of the report, absolute, or "".
    url: str
    #: Its title, plain text, or "".
    title: str
    #: The short text, HTML as it came, or "".
    summary_html: str = ""
    #: The long text, HTML as it came, or "".
    content_html: str = ""
    #: Names of its authors, in the feed's order.
    authors: tuple[str, ...] = ()
    #: When it was published, with a time zone and never more than a day ahead; None when unknown or absurd.
    published: datetime | None = None
    #: The same date exactly as the feed gave it (after the parser's reading), absurd or not.
    published_given: str = ""
    #: When it was last changed, as `published`.
    updated: datetime | None = None
    #: Its categories, in the feed's order.
    categories: tuple[str, ...] = ()
    #: Its language (BCP 47), or "".
    language: str = ""
    #: The address of its picture, absolute, or "".
    image_url: str = ""
    #: To whom the picture is credited, or "".
    image_credit: str = ""
    #: Files that come with it.
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, kw_only=True)
class ParsedFeed:
    """A whole feed."""

    #: Its title, plain text, or "".
    title: str
    #: The address of the site it belongs to, absolute, or "".
    site_url: str
    #: Its language (BCP 47), or "".
    language: str
    #: Minutes it asks to be left alone (RSS ttl, or sy:updatePeriod), or None.
    ttl: int | None
    #: The address of its WebSub hub, or "".
    hub: str
    #: What it is: "feed", "json" or "sitemap".
    kind: str
    #: Its entries, in its own order.
    items: tuple[ParsedItem, ...]


def feed_from_json(value: Mapping[str, Any]) -> ParsedFeed:
    """The feed that a parser in its own process wrote down as JSON."""
    items = tuple(_item_from_json(item) for item in value["items"])
    return ParsedFeed(**{**value, "items": items})


def _item_from_json(value: Mapping[str, Any]) -> ParsedItem:
    fields = dict(value)
    for name in ("published", "updated"):
        fields[name] = datetime.fromisoformat(fields[name]) if fields[name] else None
    fields["authors"], fields["categories"] = tuple(fields["authors"]), tuple(fields["categories"])
    fields["enclosures"] = tuple(Enclosure(**enclosure) for enclosure in fields["enclosures"])
    return ParsedItem(**fields)
