"""Entries on PostgreSQL, by a GIN index of their words."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date
from typing import Any

from django.db import connection, transaction
from wagtail.search.query import And, SearchQuery

from broadsheet.readers.search.backend.conditions import COLUMNS, conditions
from broadsheet.readers.search.backend.looking import Entry, Looked, Lookup
from broadsheet.readers.search.backend.tsquery import expression
from broadsheet.readers.search.decide import Term
from broadsheet.readers.search.full_text_schema import TABLE


class PostgreSQLLookup(Lookup):
    """One search of entries."""

    def entries(self) -> Looked:
        """The best of the newest, always by the index: for many days at once the planner would read every vector."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            return super().entries()

    def is_read(self, term: Term) -> bool:
        """Of words that stand together the index has the pairs' buckets, which others may share."""
        return len(term.words) > 1 or super().is_read(term)

    def look(self, cursor: Any, asked: And, most: int, before: date) -> list[Entry]:
        """At most so many entries, the newest before a day."""
        where, values = conditions(self.query, self.is_read, before)
        read = COLUMNS if any(map(self.is_read, (*self.query.terms, *self.query.without))) else ()
        columns = ", ".join(("article_id", "listed_at", "marks", *read))
        # By words first, and only then by date: left alone, the planner walks the dates and reads every vector there.
        cursor.execute(
            f"WITH e AS MATERIALIZED (SELECT {columns} FROM {TABLE} WHERE words @@ %s::tsquery)"
            # Without a zone: the driver reads those in C, thousands of them in a millisecond.
            f" SELECT article_id, listed_at AT TIME ZONE 'UTC', marks FROM e WHERE true{where}"
            f" ORDER BY listed_at DESC LIMIT %s",
            [expression(asked), *values, most],
        )
        return [(pk, at.replace(tzinfo=UTC), marks) for pk, at, marks in cursor.fetchall()]

    def within(self, cursor: Any, term: SearchQuery, column: str, narrowed: Sequence[SearchQuery]) -> list[int]:
        """Articles that have a term in one column, and all of the rest."""
        match = " & ".join([expression(term, column), *map(expression, narrowed)])
        cursor.execute(f"SELECT e.article_id FROM {TABLE} e WHERE e.words @@ %s::tsquery", [match])
        return [pk for (pk,) in cursor.fetchall()]
