"""The views of each article by day, for spreadsheets and programs: row by row, whatever their number."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from django.db.models import F, Sum

from broadsheet.newsroom.lists import headlines
from broadsheet.newsroom.navigation import navigation
from broadsheet.readers import spreadsheets
from broadsheet.readers.reading.decide import DAY, QUARTERS
from broadsheet.readers.reading.errors import NoSuchPeriod
from broadsheet.readers.reading.models import Tally
from broadsheet.readers.reading.origins import GROUPS

NUMBERS = ("views", *GROUPS, *(f"quarter_{number}" for number in range(1, QUARTERS + 1)))
FIELDS = ("day", "article", "url", "headline", *NUMBERS)
AT_ONCE = 500
"""Rows whose headlines are looked up together."""


@dataclass(frozen=True, kw_only=True)
class Days:
    """A period."""

    first: date
    """In UTC, as days are counted."""
    last: date
    """The last one that belongs to it."""


def days(first: str, last: str) -> Days:
    """A period from two dates as written in ISO 8601.

    Raises:
        NoSuchPeriod: they are none, or in the wrong order.
    """
    try:
        found = Days(first=date.fromisoformat(first), last=date.fromisoformat(last))
    except ValueError as error:
        raise NoSuchPeriod(first, last) from error
    if found.last < found.first:
        raise NoSuchPeriod(first, last)
    return found


def rows(period: Days) -> Iterator[dict[str, Any]]:
    """A row for each article and day on which it was read, by day. Weeks that days were gathered into stand at their
    first day."""
    begin, end = _start(period.first), _start(period.last + timedelta(days=1))
    found = (
        Tally.objects.filter(at__gte=begin, at__lt=end)
        .annotate(day=F("at") - F("at") % DAY)
        .values("day", "article_id")
        .annotate(**{f"all_{name}": Sum(name) for name in NUMBERS})
        .order_by("day", "article_id")
    )
    waiting: list[dict[str, Any]] = []
    for row in found.iterator(chunk_size=2000):
        waiting.append(dict(row))
        if len(waiting) == AT_ONCE:
            yield from _named(waiting)
            waiting = []
    yield from _named(waiting)


def as_csv(period: Days) -> Iterator[str]:
    """The rows as CSV (RFC 4180), with a head."""
    yield from spreadsheets.lines([FIELDS])
    yield from spreadsheets.lines([spreadsheets.harmless(row[name]) for name in FIELDS] for row in rows(period))


def as_json(period: Days) -> Iterator[str]:
    """The rows as one JSON array, a line each."""
    before = "["
    for row in rows(period):
        yield f"{before}\n{json.dumps(row, ensure_ascii=False)}"
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


FORMATS: dict[str, Callable[[Days], Iterator[str]]] = {"csv": as_csv, "json": as_json}
TYPES = {"csv": "text/csv; charset=utf-8", "json": "application/json"}


def _named(found: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    if not found:
        return
    known, menu = headlines({row["article_id"] for row in found}), navigation()
    for row in found:
        article = known.get(row["article_id"])
        section = menu.section_of(article.path) if article else None
        yield {
            "day": datetime.fromtimestamp(row["day"], UTC).date().isoformat(),
            "article": row["article_id"],
            "url": f"{section.url if section else '/'}{article.slug}/" if article else "",
            "headline": article.title if article else "",
            **{name: row[f"all_{name}"] for name in NUMBERS},
        }


def _start(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp())
