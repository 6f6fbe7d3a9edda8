"""What readers search for, counted without them: gathered in the process, written together once in a while."""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from datetime import timedelta
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import F, Max, Sum
from django.utils import timezone

from broadsheet.readers.search.models import SearchedTerm

logger = logging.getLogger("broadsheet.search")
WAIT, MOST = 20.0, 200
"""Seconds, and terms, after which what was gathered is written."""
LONGEST = 100
KEPT = timedelta(days=90)
SHOWN_FROM = 3
"""A term that fewer asked for is shown to nobody: what one person types once may be about that person."""


class Gathered:
    """Terms that were not written yet. A reader who asks again (the next page, another filter) counts once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._times: Counter[str] = Counter()
        self._found: dict[str, int] = {}
        self._seen: set[tuple[str, str]] = set()
        self._since = time.monotonic()

    def note(self, text: str, found: int, sender: str) -> bool:
        """Count a search. Returns whether it is time to write."""
        term = " ".join(text.casefold().split())[:LONGEST]
        with self._lock:
            if term and (sender, term) not in self._seen:
                self._seen.add((sender, term))
                self._times[term] += 1
                self._found[term] = found
            return len(self._seen) >= MOST or time.monotonic() - self._since > WAIT

    def take(self) -> tuple[Counter[str], dict[str, int]]:
        """All that was gathered, which is forgotten here."""
        with self._lock:
            taken = self._times, self._found
            self._times, self._found, self._seen, self._since = Counter(), {}, set(), time.monotonic()
        return taken


gathered = Gathered()


def note(text: str, found: int, sender: str) -> None:
    """Count a search; once in a while, what was gathered is written by a thread of its own."""
    if gathered.note(text, found, sender):
        threading.Thread(target=_write_and_close, daemon=True).start()


def write() -> int:
    """Write what was gathered. Returns how many terms."""
    times, found = gathered.take()
    day = timezone.localdate()
    with transaction.atomic():
        rows = [SearchedTerm(day=day, text=text) for text in sorted(times)]
        SearchedTerm.objects.bulk_create(rows, ignore_conflicts=True)
        for text, count in sorted(times.items()):
            SearchedTerm.objects.filter(day=day, text=text).update(times=F("times") + count, found=found[text])
    return len(times)


def _write_and_close() -> None:
    try:
        write()
    except DatabaseError as error:
        logger.warning("What was searched for in the last seconds is not counted: %s", error)
    finally:
        connection.close()


def forget_old() -> int:
    """Drop what is older than KEPT. Returns how many."""
    return SearchedTerm.objects.filter(day__lt=timezone.localdate() - KEPT).delete()[0]


def asked_for(days: int, *, in_vain: bool = False, limit: int = 200) -> list[dict[str, Any]]:
    """The terms that were asked for most within so many days, SHOWN_FROM times or more; or those that found nothing.

    ``found`` is what the best of these days found: days are not added up, they find the same articles again.
    """
    rows = SearchedTerm.objects.filter(day__gt=timezone.localdate() - timedelta(days=days))
    if in_vain:
        rows = rows.filter(found=0)
    most = rows.values("text").annotate(asked=Sum("times"), found=Max("found")).filter(asked__gte=SHOWN_FROM)
    return [dict(row) for row in most.order_by("-asked", "text")[:limit]]
