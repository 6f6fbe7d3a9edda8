"""Entries on PostgreSQL, by a GIN index of their words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, date
from typing import Any

from django.db import connection, transaction
from wagtail.search.query import And

from broadsheet.readers.search import asking
from broadsheet.readers.search.backend.conditions import COLUMNS, conditions, stands_in
from broadsheet.readers.search.backend.looking import WEIGHTS, Entry, Looked, Lookup
from broadsheet.readers.search.backend.tsquery import expression
from broadsheet.readers.search.decide import Query, Term
from broadsheet.readers.search.full_text_schema import TABLE
from broadsheet.readers.search.stemming import stem


class PostgreSQLLookup(Lookup):
    """One search of entries."""

    def __init__(self, query: Query, limit: int) -> None:
        super().__init__(query, limit)
        self._scores = Counter[int]()

    def entries(self) -> Looked:
        """The best of the newest, always by the index: for many days at once the planner would read every vector."""
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            found = super().entries()
            transaction.set_rollback(True)  # nothing was written, and a caller's transaction has its planner back
            return found

    def is_read(self, term: Term) -> bool:
        """Of words that stand together the index has the pairs' buckets, which others may share."""
        return len(term.words) > 1 or super().is_read(term)

    def look(self, cursor: Any, asked: And, most: int, before: date) -> list[Entry]:
        """At most so many entries, the newest before a day; their scores are read with them."""
        where, values = conditions(self.query, self.is_read, before)
        score, needles = self._rated()
        read = any(map(self.is_read, (*self.query.terms, *self.query.without)))
        columns = ", ".join(("article_id", "listed_at", "marks", *(COLUMNS if read else WEIGHTS)))
        # By words first, and only then by date: left alone, the planner walks the dates and reads every vector there.
        cursor.execute(
            f"WITH e AS MATERIALIZED (SELECT {columns} FROM {TABLE} WHERE words @@ %s::tsquery)"
            # Without a zone: the driver reads those in C, thousands of them in a millisecond.
            f" SELECT article_id, listed_at AT TIME ZONE 'UTC', marks, {score} FROM e WHERE true{where}"
            f" ORDER BY listed_at DESC LIMIT %s",
            [expression(asked), *needles, *values, most],
        )
        rows = cursor.fetchall()
        self._scores.update({pk: score for pk, _, _, score in rows})
        return [(pk, at.replace(tzinfo=UTC), marks) for pk, at, marks, _ in rows]

    def _rated(self) -> tuple[str, list[str]]:
        """An entry's score, as SQL and its values."""
        terms = [] if self.query.newest_first else self.query.terms
        needles = [asking.needle(asking.phrase(term, stem)) for term in terms for _ in WEIGHTS]
        parts = [stands_in(column) + f"::int * {weight}" for _ in terms for column, weight in WEIGHTS.items()]
        return " + ".join(parts) or "0", needles

    def score(self, cursor: Any, found: Sequence[Entry]) -> Counter[int]:
        """How much the headline and the standfirst of each have of what is looked for."""
        return self._scores
