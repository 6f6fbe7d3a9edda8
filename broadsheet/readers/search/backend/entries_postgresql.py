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
        # Found first and ordered then: left alone, the planner walks back by date and reads every vector on its way.
        cursor.execute(
            f"WITH found AS MATERIALIZED (SELECT e.article_id, e.listed_at, e.marks FROM {TABLE} e"
            f" WHERE e.words @@ %s::tsquery{where}) SELECT * FROM found ORDER BY listed_at DESC LIMIT %s",
            [expression(asked), *values, most],
        )
        return list(cursor.fetchall())

    def within(self, cursor: Any, phrase: Phrase, column: str, narrowed: Sequence[SearchQuery]) -> list[int]:
        """Articles that have all words of a phrase in one column, and all of the rest."""
        match = " & ".join([within(phrase, column), *map(expression, narrowed)])
        cursor.execute(f"SELECT e.article_id FROM {TABLE} e WHERE e.words @@ %s::tsquery", [match])
        return [pk for (pk,) in cursor.fetchall()]
