"""Archives: the newest of a list, then older pages, each addressed by where it starts, so that none shifts."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone

from broadsheet.newsroom import lists
from broadsheet.newsroom.lists import Cursor, ListRef
from broadsheet.newsroom.navigation import Navigation
from broadsheet.press import recorder
from broadsheet.press.pages.cards import Card, cards

PAGE_LENGTH = 20
_CURSOR = re.compile(r"^(\d{8}T\d{6})(\d{6})-(\d{1,18})$")


@dataclass(frozen=True, kw_only=True)
class Archive:
    """One page of a list."""

    cards: list[Card]
    """Its articles, newest first."""
    older: str
    """Path of the page with older ones; empty on the last."""
    newest: str
    """Path of the first page; empty on it."""
    months: list[Month]
    """The months that have articles; only on first pages."""


@dataclass(frozen=True, kw_only=True)
class Month:
    """A month of an archive."""

    first: date
    """Its first day."""
    count: int
    """Articles in it."""
    url: str
    """Its page."""


def archive(
    of: ListRef,
    base: str,
    menu: Navigation,
    *,
    before: Cursor | None = None,
    without: Collection[int] = (),
    with_months: bool = False,
) -> Archive:
    """A page of a list.

    Args:
        of: the list.
        base: path that ``older/<cursor>/`` is added to.
        menu: the sections, for the cards.
        before: start after this place; None for the newest.
        without: articles shown elsewhere on the same page.
        with_months: also the months.
    """
    entries = lists.newest(of, PAGE_LENGTH + len(without) + 1, before=before)
    kept = [entry for entry in entries if entry.article not in without]
    shown = kept[:PAGE_LENGTH]
    more = len(kept) > len(shown)
    last = Cursor(at=shown[-1].at, article=shown[-1].article) if shown else None
    if more and (record := recorder.current()):
        record.narrow(of.key, kept[PAGE_LENGTH].at)
    return Archive(
        cards=cards(shown, menu),
        older=f"{base}older/{write_cursor(last)}/" if more and last else "",
        newest=base if before else "",
        months=months(of) if with_months else [],
    )


def months(of: ListRef) -> list[Month]:
    """The months of the whole paper's archive that have articles."""
    return [Month(first=row.month, count=row.count, url=f"/archive/{row.month:%Y/%m}/") for row in lists.months(of)]


def write_cursor(cursor: Cursor) -> str:
    """A cursor as it stands in addresses."""
    return f"{cursor.at.astimezone(UTC):%Y%m%dT%H%M%S%f}-{cursor.article}"


def read_cursor(text: str) -> Cursor | None:
    """A cursor from an address; None if it is not one."""
    found = _CURSOR.match(text)
    if not found:
        return None
    try:
        at = datetime.strptime(found[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return None
    return Cursor(at=at + timedelta(microseconds=int(found[2])), article=int(found[3]))


def span_of(year: int, month: int | None, day: int | None) -> tuple[datetime, datetime]:
    """Start and end, on the newsroom's clock, of a year, a month or a day.

    Raises:
        ValueError: there is no such date.
    """
    start = date(year, month or 1, day or 1)
    if day:
        end = start + timedelta(days=1)
    elif month:
        end = month_after(start)
    else:
        end = date(year + 1, 1, 1)
    zone = timezone.get_current_timezone()
    midnight = datetime.min.time()
    return datetime.combine(start, midnight, zone), datetime.combine(end, midnight, zone)


def month_after(first: date) -> date:
    """The first day of the month after."""
    return first.replace(year=first.year + first.month // 12, month=first.month % 12 + 1)
