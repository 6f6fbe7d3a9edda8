"""What an entry must have beside what the full-text index can answer, as SQL."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

from django.db import connection

from broadsheet.readers.search import asking
from broadsheet.readers.search.decide import Query, Term
from broadsheet.readers.search.stemming import stem

COLUMNS = ("title", "standfirst", "body")
"""The texts of an entry."""


def conditions(query: Query, is_read: Callable[[Term], bool], before: date | None = None) -> tuple[str, list[Any]]:
    """Conditions on ``e``, an entry, each beginning with AND, and their values.

    Args:
        query: what is looked for; its dates are compared exactly.
        is_read: whether a term is looked for in the texts.
        before: a day (UTC) that comes after all that is looked for.
    """
    end = datetime.combine(before, time.min, UTC) if before else None
    found = _dated(("e.listed_at >= %s", query.since), ("e.listed_at < %s", query.until), ("e.listed_at < %s", end))
    found += [_together(term, "") for term in query.terms if is_read(term)]
    found += [_together(term, "NOT ") for term in query.without if is_read(term)]
    return "".join(f" AND {sql}" for sql, _ in found), [value for _, values in found for value in values]


def _dated(*bounds: tuple[str, datetime | None]) -> list[tuple[str, list[Any]]]:
    return [(sql, [connection.ops.adapt_datetimefield_value(at)]) for sql, at in bounds if at is not None]


def _together(term: Term, sign: str) -> tuple[str, list[Any]]:
    """That a phrase, or a beginning, stands in one of an entry's texts."""
    needle = asking.needle(asking.phrase(term, stem))
    either = " OR ".join(map(stands_in, COLUMNS))
    return f"{sign}({either})", [needle] * len(COLUMNS)


def stands_in(column: str) -> str:
    """That a needle, which is the value, stands in a column of ``e``; an expression in parentheses."""
    place = "strpos" if connection.vendor == "postgresql" else "instr"
    return f"({place}(' ' || e.{column} || ' ', %s) > 0)"
