"""Entries on SQLite, by FTS5.

FTS5's own ranking counts every article of the archive that has a word before it ranks the first: 0.1 s for two common
words at a million articles, 0.8 s for a common phrase. So entries are ranked here, by where the words stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC
from typing import Any

from wagtail.search.query import And, Or, Phrase

from broadsheet.readers.search.backend.fts5 import expression
from broadsheet.readers.search.backend.looking import Entry, Lookup, between
from broadsheet.readers.search.full_text_schema import TABLE


class SQLiteLookup(Lookup):
    """One search of entries."""

    def look(self, cursor: Any, asked: And, most: int) -> list[Entry]:
        """At most so many entries, by an index that has all that is shown of them: their texts are not read."""
        where, values = between(self.query)
        cursor.execute(
            f"SELECT h.rowid, e.listed_at, e.marks FROM {TABLE}_fts h"
            f" JOIN {TABLE} e INDEXED BY search_article_marks ON e.article_id = h.rowid"
            f" WHERE h.{TABLE}_fts MATCH %s{where} ORDER BY e.listed_at DESC LIMIT %s",
            [expression(asked), *values, most],
        )
        return [(pk, at.replace(tzinfo=UTC), marks) for pk, at, marks in cursor.fetchall()]

    def within(self, cursor: Any, phrase: Phrase, column: str, dates: Sequence[str]) -> list[int]:
        """Articles of those dates that have a phrase in one column."""
        of_dates = expression(Or([Phrase(mark) for mark in dates]))
        match = f"{{{column}}} : {expression(phrase)} AND {of_dates}"
        cursor.execute(f"SELECT rowid FROM {TABLE}_fts WHERE {TABLE}_fts MATCH %s", [match])
        return [pk for (pk,) in cursor.fetchall()]
