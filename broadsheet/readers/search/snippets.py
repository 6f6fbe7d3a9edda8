"""The place of a text where what was looked for stands, with the words marked. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from broadsheet.readers.search.decide import Term, beginning
from broadsheet.readers.search.stemming import WORD

AROUND = 30
"""Words of a snippet."""
READ = 60_000
"""Letters of a text that are looked through."""


@dataclass(frozen=True, kw_only=True)
class _Hit:
    at: int
    start: int
    end: int
    term: int


def snippet(text: str, terms: Sequence[Term], stem: Callable[[str], str]) -> SafeString:
    """The part of a text that has most of what was looked for.

    Args:
        text: as it stands in the article; its beginning is shown if nothing is found.
        terms: what was looked for.
        stem: cuts a word to what is compared.
    Returns:
        HTML, escaped, with <mark> around the words that were found.
    """
    words = list(WORD.finditer(text[:READ]))
    hits = _hits(words, terms, stem)
    first = _best(hits)
    start = max(0, first - AROUND // 4)
    shown = words[start : start + AROUND]
    if not shown:
        return escape(text[:200])
    opened, closed = shown[0].start() if start else 0, shown[-1].end()
    parts, place = [], opened
    for hit in hits:
        if opened <= hit.start and hit.end <= closed and hit.start >= place:
            parts += [escape(text[place : hit.start]), "<mark>", escape(text[hit.start : hit.end]), "</mark>"]
            place = hit.end
    parts.append(escape(text[place:closed]))
    before, after = "… " if start else "", " …" if closed < len(text.rstrip()) else ""
    return mark_safe(before + "".join(parts) + after)  # noqa: S308 (every part is escaped)


def _hits(words: list, terms: Sequence[Term], stem: Callable[[str], str]) -> list[_Hit]:  # type: ignore[type-arg]  # of matches
    looked = [([stem(word) for word in term.words], _tail(term, stem)) for term in terms]
    firsts = {(found[0] if len(found) > 1 or tail is None else tail)[:2] for found, tail in looked}
    near = [word for word in enumerate(words) if _could(word[1][0], firsts)]
    hits = []
    for at, word in near:
        for number, (found, tail) in enumerate(looked):
            if _stands(words, at, found, tail, stem):
                hits.append(_Hit(at=at, start=word.start(), end=words[at + len(found) - 1].end(), term=number))
                break
    return hits


def _tail(term: Term, stem: Callable[[str], str]) -> str | None:
    return beginning(term.words[-1], stem) if term.prefix else None


def _could(word: str, firsts: set[str]) -> bool:
    """Whether a word may be one of those: stems begin as their words do, but for accents."""
    return not word.isascii() or word[:2].lower() in firsts


def _stands(words: list, at: int, stems: list[str], tail: str | None, stem: Callable[[str], str]) -> bool:  # type: ignore[type-arg]
    if at + len(stems) > len(words):
        return False
    last = len(stems) - 1
    for step, wanted in enumerate(stems):
        found = stem(words[at + step][0])
        if not (found.startswith(tail) if tail is not None and step == last else found == wanted):
            return False
    return True


def _best(hits: list[_Hit]) -> int:
    """The word at which the part begins that has most different terms; the first of them."""
    if not hits:
        return 0
    return max(hits, key=lambda hit: (_terms_from(hit, hits), -hit.at)).at


def _terms_from(first: _Hit, hits: list[_Hit]) -> int:
    return len({hit.term for hit in hits if first.at <= hit.at < first.at + AROUND * 3 // 4})
