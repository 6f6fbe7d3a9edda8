"""Reading a reader's query. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

_PART = re.compile(r'(-?)"([^"]+)"|(-?)(\S+)')
_WORD = re.compile(r"\w+")
MOST_PARTS = 12
LONGEST_QUERY = 200
SHORTEST_PREFIX = 3
"""Letters of a beginning that is looked for: shorter ones are too many words at once."""
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
    newest_first: bool = False
    """Order by date instead of by how well it fits."""


def query(text: str, **filters: Any) -> Query:
    """Read what was typed: words, "words together", beginnings*, -none of these. Other signs mean nothing."""
    terms: list[Term] = []
    without: list[Term] = []
    for minus, quoted, minus_word, single in _PART.findall(text[:LONGEST_QUERY]):
        words = tuple(_WORD.findall(quoted or single))
        if words:
            prefix = single.endswith("*") and len(words[-1]) >= SHORTEST_PREFIX
            (without if minus or minus_word else terms).append(Term(words=words, prefix=prefix))
    return Query(text=text.strip(), terms=tuple(terms[:MOST_PARTS]), without=tuple(without[:MOST_PARTS]), **filters)


def unfinished(text: str) -> str:
    """What is typed so far, with its last word taken for a beginning."""
    parts = text.split()
    last = parts[-1] if parts else ""
    whole = not last or last.endswith(('"', "*")) or text.count('"') % 2 or not last[-1].isalnum()
    return text if whole else f"{text.rstrip()}*"


def since(period: str, now: datetime) -> datetime | None:
    """The start of a period named in the form; None for all time."""
    return now - PERIODS[period] if period in PERIODS else None


def fts5(asked: Query, stem: Callable[[str], str]) -> str:
    """A query in FTS5's language. Every word is quoted, so nothing a reader types is syntax."""
    wanted = " AND ".join(fts5_term(term, stem) for term in asked.terms)
    return f"({wanted})" + "".join(f" NOT {fts5_term(term, stem)}" for term in asked.without)


def fts5_term(term: Term, stem: Callable[[str], str]) -> str:
    """One term in FTS5's language; of a beginning, what its word's stem could begin with."""
    words = [stem(word) for word in term.words]
    if term.prefix:
        words[-1] = beginning(term.words[-1], stem)
    return '"' + " ".join(words) + '"' + ("*" if term.prefix else "")


def beginning(typed: str, stem: Callable[[str], str]) -> str:
    """The beginning of the stems that a typed beginning stands for: what it shares with its own stem."""
    stemmed, small = stem(typed), typed.casefold()
    shared = next((at for at, pair in enumerate(zip(stemmed, small, strict=False)) if pair[0] != pair[1]), len(stemmed))
    return stemmed[: min(shared, len(small))] if shared >= SHORTEST_PREFIX else stemmed


def tsquery(asked: Query, stem: Callable[[str], str]) -> str:
    """A query in PostgreSQL's language, over stems: words alone, so nothing a reader types is syntax."""
    wanted = " & ".join(tsquery_term(term, stem) for term in asked.terms)
    return wanted + "".join(f" & !({tsquery_term(term, stem)})" for term in asked.without)


def tsquery_term(term: Term, stem: Callable[[str], str]) -> str:
    """One term in PostgreSQL's language."""
    words = [f"'{stem(word)}'" for word in term.words]
    if term.prefix:
        words[-1] = f"'{beginning(term.words[-1], stem)}':*"
    return "(" + " <-> ".join(words) + ")"
