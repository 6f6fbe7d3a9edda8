"""Which words the index has: what a beginning (harb*) may stand for.

Neither database finds a beginning quickly: both read all that is indexed of every word with it. So a beginning is
looked for as the words it stands for; if these are many, texts are read first (``backend.looking``).
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection
from django.db.models import Q

from broadsheet.readers.search.models import Stem

MOST = 1000
"""Words that a beginning is looked for as; for one that stands for more, texts are read."""
_LAST = "\U0010ffff"


def learn(texts: Iterable[str]) -> None:
    """Know the stems of an article, given with a space between two: one statement, whatever is known already."""
    known = {stem for text in texts for stem in text.split()}
    # In order, so that two who learn the same words do not wait for each other.
    Stem.objects.bulk_create([Stem(text=stem) for stem in sorted(known)], ignore_conflicts=True)


def beginning_with(beginning: str) -> list[str] | None:
    """The stems that begin so; None if there are more than MOST."""
    found = list(Stem.objects.filter(_begins(beginning)).values_list("text", flat=True)[: MOST + 1])
    return sorted(found) if len(found) <= MOST else None


def _begins(beginning: str) -> Q:
    """Each database's way to walk its index from there on."""
    if connection.vendor == "postgresql":
        return Q(text__startswith=beginning)
    return Q(text__gte=beginning, text__lt=beginning + _LAST)
