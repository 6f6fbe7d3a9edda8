"""The part of a poll that talks to the network and touches no database, so that it may run in a thread."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from broadsheet.wire.decide import Report, entry_hash, report_from, with_page
from broadsheet.wire.errors import Fault, WireError
from broadsheet.wire.extraction import extract
from broadsheet.wire.fetching import Fetched, FetchRequest, Purpose, fetch
from broadsheet.wire.formats import ParsedFeed, ParsedItem, parse
from broadsheet.wire.models import Source

_log = logging.getLogger(__name__)
#: Pages of one feed that may fail in a row before the rest are left alone.
FAILURES_IN_A_ROW = 3


@dataclass(frozen=True, kw_only=True)
class Heard:
    """What came of asking one source."""

    #: The source, as it was when asked.
    source: Source
    #: The answer; None when there was none.
    fetched: Fetched | None = None
    #: The feed; None when nothing has changed, or it could not be had.
    feed: ParsedFeed | None = None
    #: Why there is no feed, or None.
    error: WireError | None = None


@dataclass(frozen=True, kw_only=True)
class Read:
    """The entries of one feed that are new or have changed, cleaned, with their pages."""

    #: Entry hash and report, oldest entry first.
    reports: tuple[tuple[str, Report], ...] = ()
    #: Why a page gave no full text, by guid.
    page_errors: Mapping[str, str] = field(default_factory=dict)


def hear(source: Source) -> Heard:
    """Ask one source, with the validators of last time. Never raises: what went wrong comes back in the answer."""
    fetched = None
    request = FetchRequest(url=source.url, etag=source.etag, last_modified=source.last_modified)
    try:
        fetched = fetch(request)
        return Heard(source=source, fetched=fetched, feed=None if fetched.not_modified else parse(fetched))
    except WireError as error:
        return Heard(source=source, fetched=fetched, error=error)
    except Exception as error:
        _log.exception("asking %s", source.url)
        return Heard(source=source, fetched=fetched, error=Fault(source.url, error))


def read(source: Source, feed: ParsedFeed, known: Mapping[str, str], *, most_pages: int) -> Read:
    """Clean what is new or changed in a feed, and read linked pages where the rights allow their text.

    Args: source; feed; known entry hashes by guid; most_pages to fetch, for the newest entries.
    """
    fresh = [(entry_hash(entry), entry) for entry in feed.items]
    fresh = [(mark, entry) for mark, entry in fresh if known.get(entry.guid) != mark]
    paged = {entry.guid for _, entry in _newest(fresh)[:most_pages]} if source.wants_pages else set()
    errors: dict[str, str] = {}
    reports, in_a_row = [], 0
    for mark, entry in reversed(fresh):
        report = report_from(entry, language=feed.language or source.language, images_allowed=source.images_allowed)
        if entry.guid in paged and entry.url and in_a_row < FAILURES_IN_A_ROW:
            try:
                report, in_a_row = _with_page(report, source), 0
            except WireError as error:
                errors[entry.guid], in_a_row = str(error), in_a_row + 1
        reports.append((mark, report))
    return Read(reports=tuple(reports), page_errors=errors)


def _newest(fresh: Sequence[tuple[str, ParsedItem]]) -> list[tuple[str, ParsedItem]]:
    return sorted(fresh, key=lambda one: one[1].published.timestamp() if one[1].published else 0.0, reverse=True)


def _with_page(report: Report, source: Source) -> Report:
    page = fetch(FetchRequest(url=report.url, purpose=Purpose.PAGE))
    found = extract(page)
    return with_page(report, found, page_url=page.url, images_allowed=source.images_allowed)
