"""Writing feeds. An entry carries headline, standfirst and link: the text itself is read on the paper."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, SyndicationFeed

from broadsheet.press.pages.cards import Card
from broadsheet.press.pages.frame import absolute

PICTURE = "width-1280|format-jpeg"


@dataclass(frozen=True, kw_only=True)
class Feed:
    """A feed before it is written."""

    title: str
    """Its title."""
    description: str
    """What it carries."""
    link: str
    """The page it belongs to, whole."""
    self_link: str
    """Its own address, whole."""
    rights: str
    """The copyright line."""
    cards: list[Card]
    """Its entries, newest first."""


def rss(feed: Feed) -> tuple[bytes, str]:
    """RSS 2.0 with Atom's self link."""
    return _written(Rss201rev2Feed, feed), "application/rss+xml; charset=utf-8"


def atom(feed: Feed) -> tuple[bytes, str]:
    """Atom 1.0 (RFC 4287)."""
    return _written(Atom1Feed, feed), "application/atom+xml; charset=utf-8"


def json_feed(feed: Feed) -> tuple[bytes, str]:
    """JSON Feed 1.1."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "description": feed.description,
        "home_page_url": feed.link,
        "feed_url": feed.self_link,
        "language": settings.LANGUAGE_CODE,
        "items": [_json_item(card) for card in feed.cards],
    }
    return json.dumps(document, ensure_ascii=False, indent=1).encode(), "application/feed+json; charset=utf-8"


FORMATS: dict[str, Callable[[Feed], tuple[bytes, str]]] = {"rss.xml": rss, "atom.xml": atom, "feed.json": json_feed}
"""File name of a feed to its writer."""


def entry_id(card: Card) -> str:
    """An entry's identifier, which outlives a change of address (RFC 4151)."""
    host = settings.BASE_URL.partition("//")[2].partition(":")[0]
    return f"tag:{host},2025:article/{card.id}"


def _written(kind: type[SyndicationFeed], feed: Feed) -> bytes:
    writer = _dated(kind)(
        title=feed.title,
        link=feed.link,
        description=feed.description,
        subtitle=feed.description,
        language=settings.LANGUAGE_CODE,
        feed_url=feed.self_link,
        feed_guid=feed.link,
        feed_copyright=feed.rights or None,
    )
    for card in feed.cards:
        writer.add_item(**_item(card))
    return writer.writeString("utf-8").encode()


def _dated(kind: type[SyndicationFeed]) -> type[SyndicationFeed]:
    """A feed without entries was not built now: it would be another one each second."""

    class Dated(kind):  # type: ignore[misc, valid-type]  # the class is chosen at run time
        def latest_post_date(self) -> datetime:
            return super().latest_post_date() if self.items else datetime(1970, 1, 1, tzinfo=UTC)

    return Dated


def _item(card: Card) -> dict[str, Any]:
    return {
        "title": card.headline,
        "link": absolute(card.url),
        "description": card.standfirst or card.headline,
        "unique_id": entry_id(card),
        "unique_id_is_permalink": False,
        "author_name": ", ".join(author.name for author in card.authors) or None,
        "pubdate": card.published_at,
        "updateddate": card.updated_at or card.published_at,
        "categories": [card.section.title] if card.section else [],
        "enclosures": _enclosures(card),
    }


def _enclosures(card: Card) -> list[Enclosure]:
    if card.picture_file is None:
        return []
    shown = card.picture_file.get_rendition(PICTURE)
    return [Enclosure(absolute(shown.url), str(shown.file.size), "image/jpeg")]


def _json_item(card: Card) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": entry_id(card),
        "url": absolute(card.url),
        "title": card.headline,
        "content_text": card.standfirst or card.headline,
        "summary": card.standfirst,
        "authors": [{"name": a.name, "url": absolute(a.get_absolute_url())} for a in card.authors],
        "tags": [card.section.title] if card.section else [],
    }
    if card.published_at:
        item["date_published"] = _stamp(card.published_at)
        item["date_modified"] = _stamp(card.updated_at or card.published_at)
    if card.picture_file:
        item["image"] = absolute(card.picture_file.get_rendition(PICTURE).url)
    return {key: value for key, value in item.items() if value}


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
