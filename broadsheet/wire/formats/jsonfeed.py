"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from broadsheet.wire.formats import dates
from broadsheet.wire.formats.values import Enclosure, ParsedFeed, ParsedItem
from broadsheet.wire.formats.wording import address, plain, words

_MOST = 50


def read(body: bytes, url: str, now: datetime) -> ParsedFeed:
    """Read a JSON Feed. Raises ValueError when it is none."""
    document = json.loads(body.decode("utf-8-sig", "replace"))
    if not isinstance(document, dict) or not isinstance(document.get("items"), list):
        raise ValueError("it is JSON, but no JSON Feed")
    site = address(document.get("home_page_url"), url)
    hubs = [hub for hub in _mappings(document.get("hubs")) if str(hub.get("type", "")).lower() == "websub"]
    return ParsedFeed(
        title=words(document.get("title"), 300),
        site_url=site,
        language=words(document.get("language"), 35),
        ttl=None,
        hub=address(hubs[0].get("url"), url) if hubs else "",
        kind="json",
        items=tuple(_item(item, site or url, now) for item in _mappings(document["items"]) if _guid(item)),
    )


def _item(item: Mapping[str, Any], base: str, now: datetime) -> ParsedItem:
    given = str(item.get("date_published") or item.get("date_modified") or "")
    text = plain(item.get("content_text")) if not item.get("content_html") else ""
    return ParsedItem(
        guid=_guid(item),
        url=address(item.get("url") or item.get("external_url"), base),
        title=words(item.get("title")),
        summary_html=html.escape(plain(item.get("summary"))),
        content_html=plain(item.get("content_html")) or _paragraphs(text),
        authors=_authors(item),
        published=dates.sane(dates.read(given), now),
        published_given=given[:64],
        updated=dates.sane(dates.read(item.get("date_modified")), now),
        categories=_tags(item.get("tags")),
        language=words(item.get("language"), 35),
        image_url=address(item.get("image") or item.get("banner_image"), base),
        enclosures=_attachments(item, base),
    )


def _guid(item: Mapping[str, Any]) -> str:
    value = item.get("id") if item.get("id") not in (None, "") else item.get("url")
    return plain(value).strip()[:500]


def _authors(item: Mapping[str, Any]) -> tuple[str, ...]:
    authors = [*_mappings(item.get("authors")), *_mappings([item.get("author")])]
    names = [words(author.get("name"), 200) for author in authors]
    return tuple(dict.fromkeys(name for name in names if name))[:_MOST]


def _tags(value: Any) -> tuple[str, ...]:
    return tuple(tag for tag in map(words, value[:_MOST]) if tag) if isinstance(value, list) else ()


def _attachments(item: Mapping[str, Any], base: str) -> tuple[Enclosure, ...]:
    found = []
    for attachment in _mappings(item.get("attachments"))[:_MOST]:
        size = attachment.get("size_in_bytes")
        if url := address(attachment.get("url"), base):
            kind = words(attachment.get("mime_type"), 100)
            found.append(Enclosure(url=url, type=kind, length=size if isinstance(size, int) else 0))
    return tuple(found)


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{html.escape(part.strip())}</p>" for part in text.split("\n\n") if part.strip())


def _mappings(value: Any) -> list[Mapping[str, Any]]:
    return [part for part in value if isinstance(part, Mapping)] if isinstance(value, list) else []
