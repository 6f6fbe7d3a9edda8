"""Entries on SQLite, by FTS5.

FTS5's own ranking counts every article of the archive that has a word before it ranks the first: 0.1 s for two common
words at a million articles, 0.8 s for a common phrase. So entries are ranked here, by where the words stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from wagtail.search.query import And, Or, Phrase, SearchQuery

from broadsheet.readers.search import asking, marks
from broadsheet.readers.search.backend.conditions import conditions
from broadsheet.readers.search.backend.fts5 import expression
from broadsheet.readers.search.backend.looking import WEIGHTS, Entry, Lookup, today
from broadsheet.readers.search.full_text_schema import TABLE
from broadsheet.readers.search.models import SearchEntry
from broadsheet.readers.search.stemming import stem

INDEX = "INDEXED BY search_article_marks"
LONG = timedelta(days=400)
"""Marks of more days than that are so many entries that a word is found sooner without them."""
FEW = 500
"""Entries whose headlines and standfirsts are read instead of looked for: of rare words, phrases and beginnings."""


class SQLiteLookup(Lookup):
    """One search of entries."""

    def look(self, cursor: Any, asked: And, most: int, before: date) -> list[Entry]:
        """At most so many entries, the newest before a day."""
        return self._entries(cursor, asked, "e.listed_at DESC", most, before)

    def newest(self, cursor: Any, days: int | None = None) -> list[Entry]:
        """Rare words are found in one go, without dates; of others it is seen how many days have enough of them."""
        if any(map(self.is_compared, self.query.terms)):
            return super().newest(cursor, days)
        first, last = self.span
        dates = marks.cover(*marks.aligned(first, last, today())) if self.query.since or self.query.until else ()
        found = self._entries(cursor, self.asked(dates), "h.rowid DESC", FEW + 1)
        if len(found) <= FEW:
            return sorted(found, key=lambda entry: entry[1], reverse=True)[: self.limit]
        return super().newest(cursor, marks.first_window([at for _, at, _ in found], last, self.limit))

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

    def score(self, cursor: Any, found: Sequence[Entry]) -> Counter[int]:
        """How much the headline and the standfirst of each have of what is looked for."""
        if len(found) <= FEW or not self.query.is_plain:
            return self._score_of_few(found)
        score, narrowed = Counter[int](), self._narrowed(found)
        for column, weight in WEIGHTS.items():
            for term in self.query.terms:
                for pk in self._within(cursor, asking.phrase(term, stem), column, narrowed):
                    score[pk] += weight
        return score

    def _narrowed(self, found: Sequence[Entry]) -> list[SearchQuery]:
        """What else an entry must have to be one of those that were found, as far as that is quick to look up."""
        lists: list[SearchQuery] = [Phrase(mark) for mark in asking.marks_asked_for(self.query)]
        oldest, newest = min(entry[1] for entry in found), max(entry[1] for entry in found)
        if newest - oldest > LONG:
            return lists
        dates = marks.cover(*marks.aligned(oldest.date(), newest.date() + timedelta(days=1), today()))
        return [*lists, Or([Phrase(mark) for mark in dates])]

    def _score_of_few(self, found: Sequence[Entry]) -> Counter[int]:
        """The same, of few."""
        texts = SearchEntry.objects.filter(pk__in=[entry[0] for entry in found]).values_list("pk", *WEIGHTS)
        terms = [asking.phrase(term, stem) for term in self.query.terms]
        score = Counter[int]()
        for pk, *columns in texts:
            for text, weight in zip(columns, WEIGHTS.values(), strict=True):
                score[pk] += weight * sum(asking.stands_in(term, text) for term in terms)
        return score

    def _within(self, cursor: Any, term: SearchQuery, column: str, narrowed: Sequence[SearchQuery]) -> list[int]:
        """Articles that have a term in one column, and all of the rest; more than were found do no harm."""
        match = " AND ".join([f"{{{column}}} : {expression(term)}", *map(expression, narrowed)])
        cursor.execute(f"SELECT rowid FROM {TABLE}_fts WHERE {TABLE}_fts MATCH %s", [match])
        return [pk for (pk,) in cursor.fetchall()]
