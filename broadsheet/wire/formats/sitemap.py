"""News sitemaps: sitemaps.org 0.9 with Google's news extension."""

from __future__ import annotations

from datetime import datetime

from defusedxml import ElementTree

from broadsheet.wire.formats import dates
from broadsheet.wire.formats.values import ParsedFeed, ParsedItem
from broadsheet.wire.formats.wording import address, words

_MAPS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
_NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"
_IMAGE = "{http://www.google.com/schemas/sitemap-image/1.1}"


def looks_like_one(body: bytes) -> bool:
    """Whether these bytes begin as a sitemap."""
    return b"<urlset" in body[:4_096]


def read(body: bytes, url: str, now: datetime) -> ParsedFeed:
    """Read a news sitemap; addresses without a news element are left out.

    Raises: ValueError (defusedxml's errors are ones) when it is malformed or declares entities.
    """
    try:
        root = ElementTree.fromstring(body, forbid_dtd=True)
    except ElementTree.ParseError as error:
        raise ValueError(str(error)) from error
    items, publication, language = [], "", ""
    for entry in root.iter(f"{_MAPS}url"):
        location = address(entry.findtext(f"{_MAPS}loc"), url)
        title = words(entry.findtext(f"{_NEWS}news/{_NEWS}title"))
        if not location or not title:
            continue
        publication = publication or words(entry.findtext(f"{_NEWS}news/{_NEWS}publication/{_NEWS}name"), 300)
        language = language or words(entry.findtext(f"{_NEWS}news/{_NEWS}publication/{_NEWS}language"), 35)
        given = entry.findtext(f"{_NEWS}news/{_NEWS}publication_date") or ""
        keywords = words(entry.findtext(f"{_NEWS}news/{_NEWS}keywords"))
        items.append(
            ParsedItem(
                guid=location[:500],
                url=location,
                title=title,
                published=dates.sane(dates.read(given), now),
                published_given=given.strip()[:64],
                updated=dates.sane(dates.read(entry.findtext(f"{_MAPS}lastmod")), now),
                categories=tuple(word.strip() for word in keywords.split(",") if word.strip()),
                image_url=address(entry.findtext(f"{_IMAGE}image/{_IMAGE}loc"), url),
            )
        )
    site = address("/", url)
    return ParsedFeed(
        title=publication, site_url=site, language=language, ttl=None, hub="", kind="sitemap", items=tuple(items)
    )
