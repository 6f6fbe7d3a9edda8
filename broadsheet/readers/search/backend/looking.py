"""Looking for entries in a database: window after window, the newest first, until there are enough.

Neither database can walk its full-text index by date. A month is looked through first, then what is older in ever
wider windows: common words are found in the first, rare ones cost few entries wherever they stand.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from broadsheet.newsroom.models import Listing, ListKind
from broadsheet.readers.search import asking, marks
from broadsheet.readers.search.decide import Query
from broadsheet.readers.search.stemming import stem

Entry = tuple[int, datetime, str]
"""An article's id, when it was published, and its marks. Thousands are looked at: tuples, as the database has them."""
WEIGHTS = {"title": 9, "standfirst": 3}
"""What one of the words, or one phrase, counts there; in the text they all stand."""


class Lookup(ABC):
    """One search of entries."""

    def __init__(self, query: Query, limit: int) -> None:
        self.query, self.limit = query, limit

    def entries(self) -> list[Entry]:
        """The newest entries that have all that is looked for, in the order in which they are shown."""
        with connection.cursor() as cursor:
            found = self._newest(cursor)
            if self.query.newest_first or len(found) < 2:
                return sorted(found, key=lambda entry: (entry[1], entry[0]), reverse=True)
            score = self._score(cursor, found)
        return sorted(found, key=lambda entry: (score[entry[0]], entry[1], entry[0]), reverse=True)

    @abstractmethod
    def look(self, cursor: Any, asked: Any, most: int) -> list[Entry]:
        """At most so many entries that have what is asked, the newest of them, in any order."""

    @abstractmethod
    def within(self, cursor: Any, phrase: Any, column: str, dates: Sequence[str]) -> list[int]:
        """Articles that have a phrase in one column; more than were found do no harm."""

    def _newest(self, cursor: Any) -> list[Entry]:
        found: list[Entry] = []
        for start, end in marks.windows(*self._span()):
            asked = asking.tree(self.query, stem, marks.cover(start, end))
            found += self.look(cursor, asked, self.limit - len(found))
            if len(found) >= self.limit:
                break
        return found

    def _span(self) -> tuple[Any, Any]:
        """The first day that is looked through, and the one after the last."""
        since, until = self.query.since, self.query.until
        first = (
            since
            or Listing.objects.filter(kind=ListKind.SITE, ref=0)
            .order_by("listed_at")
            .values_list("listed_at", flat=True)
            .first()
        )
        last = (until or datetime.now(UTC)).astimezone(UTC).date()
        end = last + timedelta(days=1) if until else marks.next_month(last)
        return (first.astimezone(UTC).date() if first else end), end

    def _score(self, cursor: Any, found: Sequence[Entry]) -> Counter[int]:
        """How much the headline and the standfirst of each have of what is looked for."""
        score = Counter[int]()
        oldest, newest = min(entry[1] for entry in found), max(entry[1] for entry in found)
        dates = marks.cover(oldest.date(), marks.next_month(newest.date()))
        for column, weight in WEIGHTS.items():
            for term in self.query.terms:
                for pk in self.within(cursor, asking.phrase(term, stem), column, dates):
                    score[pk] += weight
        return score


def between(query: Query) -> tuple[str, list[Any]]:
    """The exact bounds of a query's dates as conditions on ``e``, each beginning with AND, and their values."""
    bounds = [("e.listed_at >= %s", query.since), ("e.listed_at < %s", query.until)]
    given = [(sql, connection.ops.adapt_datetimefield_value(at)) for sql, at in bounds if at is not None]
    return "".join(f" AND {sql}" for sql, _ in given), [value for _, value in given]
