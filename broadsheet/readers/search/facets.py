"""How many of the hits stand in each section, topic and author, and in each period: over the newest of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from broadsheet.newsroom.models import Listing, ListKind
from broadsheet.readers.search.decide import PERIODS

LOOKED_AT = 1000
"""Hits that are counted: a common word has hundreds of thousands."""


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


def count(found: Sequence[tuple[int, datetime]], now: datetime) -> Counts:
    """Count hits: one query."""
    newest = sorted(found, key=lambda hit: hit[1], reverse=True)[:LOOKED_AT]
    # Not asked for by kind as well: the plan would walk all the lists of those kinds instead of the articles' own.
    rows = Listing.objects.filter(article__in=[pk for pk, _ in newest]).order_by()
    by: dict[int, dict[int, int]] = defaultdict(dict)
    for kind, ref, number in rows.values_list("kind", "ref").annotate(number=Count("pk")):
        by[kind][ref] = number
    periods = {name: sum(now - at <= length for _, at in newest) for name, length in PERIODS.items()}
    return Counts(
        sections=by[ListKind.SECTION], topics=by[ListKind.TOPIC], authors=by[ListKind.PERSON], periods=periods
    )
