"""Entries on SQLite, by FTS5.

FTS5's own ranking counts every article of the archive that has a word before it ranks the first: 0.1 s for two common
words at a million articles, 0.8 s for a common phrase. So entries are ranked here, by where the words stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from wagtail.search.query import And, SearchQuery

from broadsheet.readers.search import marks
from broadsheet.readers.search.backend.conditions import conditions
from broadsheet.readers.search.backend.fts5 import expression
from broadsheet.readers.search.backend.looking import FEW, Entry, Lookup
from broadsheet.readers.search.full_text_schema import TABLE

INDEX = "INDEXED BY search_article_marks"
SPARSE, MANY = timedelta(days=60), 8000
"""Where so few entries are so far apart, all there are may well be no more than this: quicker to look at than dates."""


class SQLiteLookup(Lookup):
    """One search of entries."""

    def look(self, cursor: Any, asked: And, most: int, before: date) -> list[Entry]:
        """At most so many entries, the newest before a day."""
        return self._entries(cursor, asked, "e.listed_at DESC", most, before)

    def _newest(self, cursor: Any) -> list[Entry]:
        """Rare words are found in one go, without dates; the walk by ids ends early where they are many."""
        if any(map(self.is_read, self.query.terms)):
            return super()._newest(cursor)
        asked = self.asked(marks.cover(*self._span()) if self.query.since or self.query.until else ())
        found = self._entries(cursor, asked, "h.rowid DESC", FEW + 1)
        if len(found) > FEW and found[0][1] - found[-1][1] > SPARSE:
            found = self._entries(cursor, asked, "h.rowid DESC", MANY + 1)
        if len(found) <= FEW or FEW + 1 < len(found) <= MANY:
            return sorted(found, key=lambda entry: entry[1], reverse=True)[: self.limit]
        return super()._newest(cursor)

    def _entries(self, cursor: Any, asked: And, order: str, most: int, before: date | None = None) -> list[Entry]:
        """By an index that has all that is shown of an entry, unless texts are read."""
        where, values = conditions(self.query, self.is_read, before)
        by = "" if any(map(self.is_read, (*self.query.terms, *self.query.without))) else INDEX
        cursor.execute(
            # Dates as they are written: Django's way of reading them takes as long as the search.
            f"SELECT h.rowid, e.listed_at || '+00:00', e.marks FROM {TABLE}_fts h"
            f" JOIN {TABLE} e {by} ON e.article_id = h.rowid"
            f" WHERE h.{TABLE}_fts MATCH %s{where} ORDER BY {order} LIMIT %s",
            [expression(asked), *values, most],
        )
        return [(pk, datetime.fromisoformat(at), marks) for pk, at, marks in cursor.fetchall()]

    def within(self, cursor: Any, term: SearchQuery, column: str, narrowed: Sequence[SearchQuery]) -> list[int]:
        """Articles that have a term in one column, and all of the rest."""
        match = " AND ".join([f"{{{column}}} : {expression(term)}", *map(expression, narrowed)])
        cursor.execute(f"SELECT rowid FROM {TABLE}_fts WHERE {TABLE}_fts MATCH %s", [match])
        return [pk for (pk,) in cursor.fetchall()]
