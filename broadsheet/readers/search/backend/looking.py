"""Looking for entries in a database: window after window, the newest first, until there are enough.

Neither database can walk its full-text index by date. Four days are looked through first, then what is older, each time
as many days as should have what is missing: common words are found at once, rare ones cost few queries.
"""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from time import monotonic
from typing import Any

from django.db import connection
from wagtail.search.query import And, Not, Phrase, SearchQuery

from broadsheet.newsroom.models import Listing, ListKind
from broadsheet.readers.search import asking, marks, vocabulary
from broadsheet.readers.search.asking import Beginning
from broadsheet.readers.search.decide import Query, Term
from broadsheet.readers.search.stemming import stem

Entry = tuple[int, datetime, str]
"""An article's id, when it was published, and its marks. Thousands are looked at: tuples, as the database has them."""
WEIGHTS = {"title": 9, "standfirst": 3}
"""What one of the words, or one phrase, counts there; in the text they all stand."""


PATIENCE = 1.0
"""Seconds after which no further window is looked through: PostgreSQL reads every text that may have a phrase."""
ENDINGS = 50
"""Words that a beginning is looked for as at once: each look costs each word."""
READING = 0.03
"""Seconds for which texts are read instead where it stands for more. Mostly that is enough, as most texts have one of
them; if not, all of them are looked for."""
ENOUGH = ((0.01, 40), (0.02, 20))
"""Seconds after which so many entries are enough of what is costly to compare: two pages of hits, later one. A window
takes as long as all before it."""


@dataclass(frozen=True, kw_only=True)
class Looked:
    """What was found."""

    entries: list[Entry]
    """In the order in which they are shown."""
    back_to: date | None = None
    """The first day that was looked through, where older ones were not; None if all were, or there was enough."""


class Lookup(ABC):
    """One search of entries."""

    back_to: date | None = None

    def __init__(self, query: Query, limit: int) -> None:
        self.query, self.limit = query, limit
        self._is_reading = True
        self._known: dict[Term, tuple[Phrase, list[str] | None]] = {}

    def entries(self) -> Looked:
        """The newest entries that have all that is looked for, in the order in which they are shown."""
        with connection.cursor() as cursor:
            found = self.newest(cursor)
            by_date = self.query.newest_first or len(found) < 2
            score = Counter[int]() if by_date else self.score(cursor, found)
        ordered = sorted(found, key=lambda entry: (score[entry[0]], entry[1], entry[0]), reverse=True)
        return Looked(entries=ordered, back_to=self.back_to)

    @abstractmethod
    def look(self, cursor: Any, asked: Any, most: int, before: date) -> list[Entry]:
        """At most so many entries before a day (UTC) that have what is asked, the newest of them, in any order."""

    @abstractmethod
    def score(self, cursor: Any, found: Sequence[Entry]) -> Counter[int]:
        """How much the headline and the standfirst of each have of what is looked for, by WEIGHTS."""

    def is_read(self, term: Term) -> bool:
        """Whether the index knows only where a term may be, so that texts are read."""
        return self._stands_for_many(term)

    def is_compared(self, term: Term) -> bool:
        """Whether it is costly to tell where a term is: in many more texts than have it, or by the places of its words.

        Of two words the index knows where they stand together; of more, where each two do.
        """
        return len(term.words) > 2 or self._stands_for_many(term)

    def asked(self, dates: Iterable[str] = ()) -> And:
        """What must stand in an entry of the index, which has one of these dates."""
        short = [term for term in self.query.without if not self.is_read(term)]
        return asking.tree(replace(self.query, without=tuple(short)), self.read, dates)

    def read(self, term: Term) -> SearchQuery | None:
        """What stands for a term in the index: for a beginning, the words that the archive has, unless too many."""
        asked, endings = self._endings(term)
        if not isinstance(asked, Beginning):
            return asked
        return asking.whole_words(asked) if self._stands_for_many(term) else asking.spelt_out(asked, endings or ())

    def _stands_for_many(self, term: Term) -> bool:
        _, endings = self._endings(term)
        return endings is None or (len(endings) > ENDINGS and self._is_reading)

    def _endings(self, term: Term) -> tuple[Phrase, list[str] | None]:
        """A term by its stems, and for a beginning the words that it may stand for; None if they are too many."""
        if term not in self._known:
            asked = asking.phrase(term, stem)
            endings: list[str] | None = []
            if isinstance(asked, Beginning):
                endings = vocabulary.beginning_with(asked.query_string.rpartition(" ")[2])
            self._known[term] = asked, endings
        return self._known[term]

    def newest(self, cursor: Any, days: int | None = None) -> list[Entry]:
        """The newest entries that are asked for.

        Args:
            cursor: of the database.
            days: how many are looked through first, if that is known.
        """
        found: list[Entry] = []
        oldest, newest = self.span
        days, end, began = days or self._first_days(), newest, monotonic()
        while end > oldest and len(found) < self.limit:
            taken = monotonic() - began
            if taken > PATIENCE or (self._is_slow and self._is_enough(len(found), taken)):
                self.back_to = end
                break
            self._is_reading = taken < READING
            days = min(days, (end - oldest).days)
            start, last = marks.aligned(end - timedelta(days=days), end, today())
            found += self.look(cursor, self.asked(self._dates(start, last)), self.limit - len(found), before=end)
            end, days = start, self._wider((newest - start).days, len(found), monotonic() - began)
        return found

    def _dates(self, start: date, end: date) -> list[str]:
        """The marks of a window's dates: none of the last, whose end is compared anyway, if a word is looked for."""
        is_last = start <= self.span[0] and not self.query.since
        if is_last and any(not isinstance(part, Not) for part in self.asked().subqueries):
            return []
        return marks.cover(start, end)

    def _first_days(self) -> int:
        """How many days to look through first: of a small list as many as have enough of it."""
        if self._is_slow:
            return 1
        first, end = self.span
        midnight = datetime.combine(end, time.min, UTC)
        days, enough = [marks.NARROWEST], self.limit * 3 // 2  # a common word stands in most of them
        for kind, ref in asking.lists_asked_for(self.query):
            dates = Listing.objects.filter(kind=kind, ref=ref, listed_at__lt=midnight).order_by("-listed_at")
            last = next(iter(dates.values_list("listed_at", flat=True)[enough - 1 : enough]), None)
            days.append((end - (last.astimezone(UTC).date() if last else first)).days)
        return max(days)

    def _is_enough(self, found: int, taken: float) -> bool:
        return any(taken > seconds and found >= entries for seconds, entries in ENOUGH)

    @property
    def _is_slow(self) -> bool:
        return any(map(self.is_compared, self.query.terms))

    def _wider(self, seen: int, found: int, taken: float) -> int:
        """How many days to look through next; where that is slow, no longer than so far, or than it may take."""
        days = marks.wider(seen, found, self.limit)
        return min(days, math.ceil(seen * min(max(READING / taken - 1, 1), 2))) if self._is_slow else days

    @cached_property
    def span(self) -> tuple[date, date]:
        """The first day that is looked through, and the one after the last."""
        since, until = self.query.since, self.query.until
        first = (
            since
            or Listing.objects.filter(kind=ListKind.SITE, ref=0)
            .order_by("listed_at")
            .values_list("listed_at", flat=True)
            .first()
        )
        end = min(until.astimezone(UTC).date() if until else today(), today()) + timedelta(days=1)
        return (first.astimezone(UTC).date() if first else end), end


def today() -> date:
    """By UTC, as the marks are."""
    return datetime.now(UTC).date()
