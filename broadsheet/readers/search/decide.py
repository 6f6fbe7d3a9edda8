"""Reading a reader's query. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

_PART = re.compile(r'(-?)"([^"]+)"|(-?)(\S+)')
_WORD = re.compile(r"\w+")
STRAIGHT = str.maketrans(dict.fromkeys("“”„‟«»＂", '"'))
"""Quotation marks as phones and other languages' keyboards write them."""
MOST_PARTS = 12
LONGEST_QUERY = 200
SHORTEST_PREFIX = 3
"""Letters of a beginning that is looked for: shorter ones are too many words at once."""
YEARS = range(1000, 9000)
"""The first and the last that there are have no day before or after them, as other time zones need."""
PERIODS = {
    "day": timedelta(days=1),
    "week": timedelta(days=7),
    "month": timedelta(days=31),
    "year": timedelta(days=366),
}


@dataclass(frozen=True, kw_only=True)
class Term:
    """Words that stand together, one behind the other; mostly a single one."""

    words: tuple[str, ...]
    """As typed."""
    prefix: bool = False
    """The last is only the beginning of a word."""


@dataclass(frozen=True, kw_only=True)
class Query:
    """What to look for."""

    text: str
    """As typed, trimmed."""
    terms: tuple[Term, ...] = ()
    """All of them must stand in an article."""
    without: tuple[Term, ...] = ()
    """None of them may."""
    section: int | None = None
    """Only this section and those below it."""
    topic: int | None = None
    """Only this topic."""
    author: int | None = None
    """Only this person's."""
    since: datetime | None = None
    """Only what was published since."""
    until: datetime | None = None
    """Only what was published before."""
    newest_first: bool = False
    """Order by date instead of by how well it fits."""

    @property
    def is_plain(self) -> bool:
        """Whether it is of whole words alone, which an index finds without a look at the texts."""
        return not any(term.prefix or len(term.words) > 1 for term in (*self.terms, *self.without))


def query(text: str, **filters: Any) -> Query:
    """Read what was typed: words, "words together", beginnings*, -none of these. Other signs mean nothing."""
    terms: list[Term] = []
    without: list[Term] = []
    for minus, quoted, minus_word, single in _PART.findall(text[:LONGEST_QUERY].translate(STRAIGHT)):
        words = tuple(_WORD.findall(quoted or single))
        if words:
            prefix = single.endswith("*") and len(words[-1]) >= SHORTEST_PREFIX
            (without if minus or minus_word else terms).append(Term(words=words, prefix=prefix))
    return Query(text=text.strip(), terms=tuple(terms[:MOST_PARTS]), without=tuple(without[:MOST_PARTS]), **filters)


def unfinished(text: str) -> str:
    """What is typed so far, with its last word taken for a beginning."""
    parts = text.split()
    last = parts[-1] if parts else ""
    quotes = text.translate(STRAIGHT).count('"')
    whole = not last or last.endswith("*") or quotes % 2 or not last[-1].isalnum()
    return text if whole else f"{text.rstrip()}*"


def since(period: str, now: datetime) -> datetime | None:
    """The start of a period named in the form; None for all time."""
    return now - PERIODS[period] if period in PERIODS else None


def day(text: str) -> date | None:
    """A day as a date field sends it (HTML, date string); None for anything else, and for years of no paper."""
    try:
        found = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
    except ValueError:
        return None
    return found if found and found.year in YEARS else None


def page_number(text: str) -> int:
    """A page from its number in an address; the first for anything else."""
    return max(int(text), 1) if text.isdecimal() and len(text) < 10 else 1


def bounds(given: Mapping[str, str], now: datetime) -> tuple[datetime | None, datetime | None]:
    """From when and until when, not included, something was published, by the fields ``since``, ``from`` and ``to``.

    Args:
        given: what the form sends; a day is one by the clock that ``now`` has.
        now: where the periods end.
    """
    first, last = day(given["from"]), day(given["to"])
    starts = [start for start in (since(given["since"], now), _midnight(first, now)) if start]
    return max(starts, default=None), _midnight(last + timedelta(days=1) if last else None, now)


def _midnight(of: date | None, now: datetime) -> datetime | None:
    return datetime.combine(of, time.min, now.tzinfo) if of else None


def beginning(typed: str, stem: Callable[[str], str]) -> str:
    """The beginning of the stems that a typed beginning stands for: what it shares with its own stem."""
    stemmed, small = stem(typed), typed.casefold()
    shared = next((at for at, pair in enumerate(zip(stemmed, small, strict=False)) if pair[0] != pair[1]), len(stemmed))
    return stemmed[: min(shared, len(small))] if shared >= SHORTEST_PREFIX else stemmed
