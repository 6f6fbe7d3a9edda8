"""From the dictionaries of fastfeedparser and feedparser (they share their names) to our values."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from broadsheet.wire.formats import dates
from broadsheet.wire.formats.values import Enclosure, ParsedItem
from broadsheet.wire.formats.wording import address, plain, words

_PICTURES = (".jpg", ".jpeg", ".png", ".webp", ".avif", ".gif")
_MOST = 50


def item(entry: Mapping[str, Any], base: str, now: datetime) -> ParsedItem:
    """One entry as a value.

    Args: entry, as the parser gave it; base, for relative addresses; now, to judge dates by.
    """
    url = address(_link(entry), base)
    title = words(entry.get("title"))
    summary, content = _texts(entry)
    given = str(entry.get("published") or entry.get("updated") or "")
    enclosures = _enclosures(entry, base)
    picture, credit = _picture(entry, enclosures, base)
    return ParsedItem(
        guid=_guid(entry, url, title, summary or content),
        url=url,
        title=title,
        summary_html=summary,
        content_html=content,
        authors=_authors(entry),
        published=_published(given, entry.get("id"), now),
        published_given=given[:64],
        updated=dates.sane(dates.read(entry.get("updated")), now),
        categories=_categories(entry),
        language=words(entry.get("language"), 35),
        image_url=picture,
        image_credit=credit,
        enclosures=enclosures,
    )


def _published(given: str, guid: Any, now: datetime) -> datetime | None:
    """The entry's date, unless the fast parser made it of a guid that is a bare number ("7" gave the 7th)."""
    date = dates.sane(dates.read(given), now)
    number = str(guid or "")
    if date and number.isascii() and number.isdigit() and (date.hour, date.minute, date.second) == (0, 0, 0):
        return None if number.lstrip("0") in (str(date.day), str(date.year)) else date
    return date


def _link(entry: Mapping[str, Any]) -> str:
    if entry.get("link"):
        return str(entry["link"])
    for link in _mappings(entry.get("links")):
        if link.get("rel", "alternate") == "alternate" and link.get("href"):
            return str(link["href"])
    guid = str(entry.get("id") or "")
    return guid if guid.startswith(("http://", "https://")) else ""


def _guid(entry: Mapping[str, Any], url: str, title: str, text: str) -> str:
    guid = plain(entry.get("id")).strip() or url
    if guid and len(guid) <= 500:
        return guid
    return "sha256:" + hashlib.sha256((guid or f"{title}\n{text}").encode("utf-8", "replace")).hexdigest()


def _texts(entry: Mapping[str, Any]) -> tuple[str, str]:
    summary = plain(entry.get("summary") or entry.get("description"))
    contents = [plain(part.get("value")) for part in _mappings(entry.get("content"))]
    content = max(contents, key=len, default="")
    return ("", content) if summary == content else (summary, content)


def _authors(entry: Mapping[str, Any]) -> tuple[str, ...]:
    names = [words(author.get("name"), 200) for author in _mappings(entry.get("authors"))]
    names = [name for name in names if name] or [words(entry.get("author"), 200)]
    return tuple(dict.fromkeys(name for name in names if name))[:_MOST]


def _categories(entry: Mapping[str, Any]) -> tuple[str, ...]:
    terms = [words(tag.get("label") or tag.get("term"), 200) for tag in _mappings(entry.get("tags"))]
    return tuple(dict.fromkeys(term for term in terms if term))[:_MOST]


def _enclosures(entry: Mapping[str, Any], base: str) -> tuple[Enclosure, ...]:
    found = []
    for enclosure in _mappings(entry.get("enclosures")):
        url = address(enclosure.get("url") or enclosure.get("href"), base)
        length = str(enclosure.get("length") or "0")
        if url:
            size = int(length) if length.isascii() and length.isdigit() and len(length) < 16 else 0
            found.append(Enclosure(url=url, type=words(enclosure.get("type"), 100), length=size))
    return tuple(found[:_MOST])


def _picture(entry: Mapping[str, Any], enclosures: tuple[Enclosure, ...], base: str) -> tuple[str, str]:
    for media in _mappings(entry.get("media_content")):
        url = address(media.get("url"), base)
        if url and _is_picture(str(media.get("medium") or media.get("type") or ""), url):
            return url, words(_credit(media, entry), 200)
    for enclosure in enclosures:
        if _is_picture(enclosure.type, enclosure.url):
            return enclosure.url, words(_credit({}, entry), 200)
    for thumbnail in _mappings(entry.get("media_thumbnail")):
        if url := address(thumbnail.get("url"), base):
            return url, words(_credit({}, entry), 200)
    return "", ""


def _credit(media: Mapping[str, Any], entry: Mapping[str, Any]) -> Any:
    credit = media.get("credit") or next(iter(_mappings(entry.get("media_credit"))), {}).get("content")
    return credit.get("content") if isinstance(credit, Mapping) else credit


def _is_picture(kind: str, url: str) -> bool:
    return kind.startswith("image") or (not kind and url.lower().partition("?")[0].endswith(_PICTURES))


def _mappings(value: Any) -> Iterable[Mapping[str, Any]]:
    return [part for part in value if isinstance(part, Mapping)] if isinstance(value, list | tuple) else []
