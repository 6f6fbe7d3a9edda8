"""How many of the hits stand in each section, topic and author, and in each period: over the newest of them. Pure."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from broadsheet.newsroom.models import ListKind
from broadsheet.readers.search.decide import PERIODS
from broadsheet.readers.search.marks import list_of


@dataclass(frozen=True, kw_only=True)
class Counts:
    """How many of the hits."""

    sections: dict[int, int]
    """By section."""
    topics: dict[int, int]
    """By topic."""
    authors: dict[int, int]
    """By author."""
    periods: dict[str, int]
    """By a name of PERIODS."""


def count(found: Sequence[tuple[int, datetime, str]], now: datetime) -> Counts:
    """Count hits.

    Args:
        found: ids, dates and marks.
        now: where the periods end.
    """
    named = (marks.partition(" #y")[0] for _, _, marks in found)  # dates are counted below
    numbers = Counter(" ".join(named).split())
    kinds: dict[int, dict[int, int]] = {kind: {} for kind in ListKind}
    for mark, number in numbers.items():
        if named_list := list_of(mark):
            kind, ref = named_list
            kinds[kind][ref] = number
    dates = sorted(at for _, at, _ in found)
    periods = {name: len(dates) - bisect_left(dates, now - length) for name, length in PERIODS.items()}
    return Counts(
        sections=kinds[ListKind.SECTION],
        topics=kinds[ListKind.TOPIC],
        authors=kinds[ListKind.PERSON],
        periods=periods,
    )
