"""Entries on PostgreSQL, by a GIN index of their words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from wagtail.search.query import And, Phrase, SearchQuery

from broadsheet.readers.search.backend.looking import Entry, Lookup, between
from broadsheet.readers.search.backend.tsquery import expression, within
from broadsheet.readers.search.full_text_schema import TABLE


class PostgreSQLLookup(Lookup):
    """One search of entries."""

    def look(self, cursor: Any, asked: And, most: int) -> list[Entry]:
        """At most so many entries, the newest."""
        where, values = between(self.query)
        # By words first, and only then by date: left alone, the planner walks the dates and reads every vector there.
        cursor.execute(
            f"WITH found AS MATERIALIZED (SELECT article_id, listed_at, marks FROM {TABLE} WHERE words @@ %s::tsquery)"
            f" SELECT * FROM found e WHERE true{where} ORDER BY listed_at DESC LIMIT %s",
            [expression(asked), *values, most],
        )
        return list(cursor.fetchall())

    def within(self, cursor: Any, phrase: Phrase, column: str, narrowed: Sequence[SearchQuery]) -> list[int]:
        """Articles that have all words of a phrase in one column, and all of the rest."""
        match = " & ".join([within(phrase, column), *map(expression, narrowed)])
        cursor.execute(f"SELECT e.article_id FROM {TABLE} e WHERE e.words @@ %s::tsquery", [match])
        return [pk for (pk,) in cursor.fetchall()]
