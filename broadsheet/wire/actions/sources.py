"""Taking on a source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from broadsheet.wire.errors import FetchError, NoFeedFound, ParseError
from broadsheet.wire.fetching import Fetched, FetchRequest, fetch
from broadsheet.wire.formats import ParsedFeed, discovery, parse
from broadsheet.wire.models import Filing, Kind, Rights, Source


@dataclass(frozen=True, kw_only=True)
class Probe:
    """A feed found at an address, before anything is stored."""

    #: The feed's own address.
    url: str
    #: What it brings.
    feed: ParsedFeed


def probe(url: str) -> Probe:
    """Find the feed at an address: the feed itself, or the one a site's page names, or one at a usual place.

    Args: url, http or https; without a scheme https is tried.
    Raises: FetchError when the address cannot be had; NoFeedFound when nothing there is a feed.
    """
    address = url if "://" in url else f"https://{url}"
    page = fetch(FetchRequest(url=address))
    found = _read(page)
    if found is not None:
        return found
    for candidate in _candidates(page):
        try:
            found = _read(fetch(FetchRequest(url=candidate)))
        except FetchError:
            continue
        if found is not None:
            return found
    raise NoFeedFound(url)


def _candidates(page: Fetched) -> Iterable[str]:
    named = discovery.links(page.body, page.url)
    return named or discovery.guesses(page.url)


def _read(fetched: Fetched) -> Probe | None:
    try:
        feed = parse(fetched)
    except ParseError:
        return None
    if not feed.items and not feed.title:
        return None
    return Probe(url=fetched.moved_to or fetched.requested_url, feed=feed)


def add_source(
    url: str,
    *,
    name: str = "",
    rights: str = Rights.HEADLINE,
    licence: str = "",
    licence_url: str = "",
    images_allowed: bool = False,
    section: str = "",
    filing: str = Filing.HOLD,
) -> tuple[Source, bool]:
    """Listen to a feed, found from its own address or its site's; its first poll is due at once.

    Args: url; name, or "" for the feed's title; the rest as on Source.
    Returns: the source, and whether it is new; one already known is returned as it is.
    Raises: ValueError for full text without a licence; FetchError; NoFeedFound.
    """
    if rights == Rights.FULL_TEXT and not licence:
        raise ValueError("Full text needs the name of its licence: give --licence, for example 'CC BY 4.0'.")
    found = probe(url)
    return Source.objects.get_or_create(
        url=found.url,
        defaults={
            "name": (name or found.feed.title or urlsplit(found.url).netloc)[:200],
            "site_url": found.feed.site_url,
            "kind": Kind(found.feed.kind),
            "language": found.feed.language,
            "section_hint": section,
            "rights": rights,
            "licence": licence,
            "licence_url": licence_url,
            "images_allowed": images_allowed,
            "filing": filing,
        },
    )
