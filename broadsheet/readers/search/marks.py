"""Marks: what an article can be narrowed by, kept in the full-text index beside its words. Pure.

A mark is a word that no text can have (#s7: section 7), so that a filter is one more word to look for: the index walks
the rarest of all of them, however common the others are. Days, months and years have marks too (in UTC), by which a
range of dates is a few words, and the newest articles are looked at first whatever their ids.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta

from broadsheet.newsroom.models import ListKind

LETTERS = {ListKind.SECTION: "s", ListKind.TOPIC: "t", ListKind.PERSON: "a"}
KINDS = {letter: int(kind) for kind, letter in LETTERS.items()}
NARROWEST = 4
"""Days that are looked through first."""
MONTHS_BEYOND, YEARS_BEYOND = 20, 200
"""Days of a window beyond which it is of whole months, and of years as far as that is not much more."""
WIDEST = 16
"""How many times as wide as all before it a window can be, while it is not known how dense the entries are."""
SURE = 10
"""Entries by which that is known."""


def list_mark(kind: int, ref: int) -> str:
    """The mark of a list."""
    return f"#{LETTERS[ListKind(kind)]}{ref}"


def marks_of(lists: Iterable[tuple[int, int]], at: datetime) -> str:
    """All marks of an article, with a space between two.

    Args:
        lists: kinds and numbers of the lists it stands in.
        at: when it was published.
    """
    day = at.astimezone(UTC)
    named = [list_mark(kind, ref) for kind, ref in sorted(lists) if kind in LETTERS]
    return " ".join([*named, f"#y{day:%Y}", f"#m{day:%Y%m}", f"#d{day:%Y%m%d}"])


def list_of(mark: str) -> tuple[int, int] | None:
    """The list that a mark names: its kind and number; None if it is a date's."""
    kind = KINDS.get(mark[1])
    return None if kind is None else (kind, int(mark[2:]))


def cover(start: date, end: date) -> list[str]:
    """The fewest marks that all articles from ``start`` up to, not including, ``end`` have one of."""
    found, day = [], start
    while day < end:
        year, month = date(day.year + 1, 1, 1), next_month(day)
        if day == date(day.year, 1, 1) and year <= end:
            found.append(f"#y{day:%Y}")
            day = year
        elif day.day == 1 and month <= end:
            found.append(f"#m{day:%Y%m}")
            day = month
        else:
            found.append(f"#d{day:%Y%m%d}")
            day += timedelta(days=1)
    return found


def wider(seen: int, found: int, wanted: int) -> int:
    """How many days to look through next: as many as should have what is missing, and at least as many as were seen.

    Args:
        seen: days that were looked through.
        found: entries that were found in them, fewer than wanted.
        wanted: entries.
    """
    expected = math.ceil(1.2 * seen * (wanted - found) / found) if found else seen * WIDEST
    return max(seen, expected if found >= SURE else min(expected, seen * WIDEST))


def first_window(dates: Sequence[datetime], newest: date, wanted: int) -> int:
    """How many days to look through first, by the dates of entries that were found by their ids, the highest first.

    Ids mostly rise with the dates, so that these show how dense entries are; where they do not, as in an archive that
    was brought in late, it is NARROWEST.

    Args:
        dates: of the entries found, at least four.
        newest: the day after the last that is looked through.
        wanted: entries.
    """
    part = len(dates) // 4
    days = (dates[0] - dates[-1]).days + 1
    falling = min(dates[:part]) >= max(dates[-part:]) and (newest - dates[0].date()).days <= days + NARROWEST
    return max(math.ceil(1.2 * days * wanted / len(dates)), NARROWEST) if falling else NARROWEST


def aligned(start: date, end: date, today: date) -> tuple[date, date]:
    """A window that has the one from ``start`` up to, not including, ``end`` in it, and few marks.

    Each mark costs a look into the index: twenty days cost as much as a thousand reports of a rare word. So a long one
    begins with a year, and ends with one where that is not much more: most of the time the rest of it is still to come.
    """
    days = (end - start).days
    if days > MONTHS_BEYOND:
        start, end = start.replace(day=1), next_month(end - timedelta(days=1))
    if days <= YEARS_BEYOND:
        return start, end
    year = date((end - timedelta(days=1)).year + 1, 1, 1)
    more = min(year, today) - end
    return start.replace(month=1), year if more.days * 4 <= days else end


def next_month(day: date) -> date:
    """The first day of the month after a day's."""
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)
