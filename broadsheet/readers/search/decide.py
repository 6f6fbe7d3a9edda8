"""Reading a reader's query. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta

_PART = re.compile(r'"([^"]+)"|(\S+)')
_WORD = re.compile(r"\w+")
MOST_PARTS = 12
LONGEST_QUERY = 200
PERIODS = {
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=31),
    "year": timedelta(days=366),
}


@dataclass(frozen=True, kw_only=True)
class Query:
    """What to look for."""

    text: str
    """As typed, trimmed."""
    phrases: tuple[tuple[str, ...], ...]
    """Words that must stand together, one tuple a phrase; a single word is a phrase of one."""
    section: int | None = None
    """Only this section and those below it."""
    author: int | None = None
    """Only this person's."""
    since: datetime | None = None
    """Only what was published since."""
    newest_first: bool = False
    """Order by date instead of by how well it fits."""


def fold(text: str) -> str:
    """Text without accents, in composed form, as it is indexed."""
    plain = unicodedata.normalize("NFKD", text)
    return unicodedata.normalize("NFC", "".join(letter for letter in plain if not unicodedata.combining(letter)))


def phrases(text: str) -> tuple[tuple[str, ...], ...]:
    """The phrases of a query: quoted words together, others alone; punctuation means nothing."""
    found = []
    for quoted, single in _PART.findall(text[:LONGEST_QUERY]):
        words = tuple(_WORD.findall(fold(quoted or single)))
        if words:
            found.append(words)
    return tuple(found[:MOST_PARTS])


def since(period: str, now: datetime) -> datetime | None:
    """The start of a period named in the form; None for all time."""
    return now - PERIODS[period] if period in PERIODS else None


def fts5(query: tuple[tuple[str, ...], ...]) -> str:
    """Phrases in FTS5's language. Every phrase is quoted, so nothing a reader types is syntax."""
    return " AND ".join('"' + " ".join(words) + '"' for words in query)
