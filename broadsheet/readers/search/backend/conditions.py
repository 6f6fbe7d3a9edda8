"""What an entry must have beside what the full-text index can answer, as SQL that both databases take."""

from __future__ import annotations

from typing import Any

from django.db import connection

from broadsheet.readers.search import asking
from broadsheet.readers.search.decide import Query, Term
from broadsheet.readers.search.stemming import stem

COLUMNS = ("title", "standfirst", "body")


def conditions(query: Query) -> tuple[str, list[Any]]:
    """Conditions on ``e``, an entry, each beginning with AND, and their values: exact dates and long phrases."""
    found = _between(query)
    found += [_together(term, "") for term in query.terms if is_long(term)]
    found += [_together(term, "NOT ") for term in query.without if is_long(term)]
    return "".join(f" AND {sql}" for sql, _ in found), [value for _, values in found for value in values]


def is_long(term: Term) -> bool:
    """Whether a term is a phrase that the index knows by its pairs alone: a text may have them apart."""
    return len(term.words) > 2


def _between(query: Query) -> list[tuple[str, list[Any]]]:
    bounds = [("e.listed_at >= %s", query.since), ("e.listed_at < %s", query.until)]
    return [(sql, [connection.ops.adapt_datetimefield_value(at)]) for sql, at in bounds if at is not None]


def _together(term: Term, sign: str) -> tuple[str, list[Any]]:
    """That a phrase stands in one of an entry's texts."""
    place = "strpos" if connection.vendor == "postgresql" else "instr"
    needle = asking.needle(asking.phrase(term, stem))
    either = " OR ".join(f"{place}(' ' || e.{column} || ' ', %s) > 0" for column in COLUMNS)
    return f"{sign}({either})", [needle] * len(COLUMNS)
