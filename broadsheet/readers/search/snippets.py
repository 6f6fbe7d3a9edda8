"""The place of a text where what was looked for stands, with the words marked. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile
from unicodedata import decomposition

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from broadsheet.readers.search.decide import Term, beginning
from broadsheet.readers.search.stemming import WORD

AROUND = 30
"""Words of a snippet."""
BEFORE = AROUND // 4
"""Of these, words before the first that was found."""
NEAR = 140
"""Letters within which different terms make a place better."""
FAR = 240
"""Letters before a place in which BEFORE words are looked for."""
READ = 60_000
"""Letters of a text that are looked through."""
_NOT_ASCII = re.compile(r"[^\W\x00-\x7f]\w*")

Stem = Callable[[str], str]


@dataclass(frozen=True, kw_only=True)
class _Hit:
    start: int
    end: int
    term: int


def snippet(text: str, terms: Sequence[Term], stem: Stem) -> SafeString:
    """The part of a text that has most of what was looked for.

    Args:
        text: as it stands in the article; its beginning is shown if nothing is found.
        terms: what was looked for.
        stem: cuts a word to what is compared.
    Returns:
        HTML, escaped, with <mark> around the words that were found.
    """
    read = text[:READ]
    hits = _hits(read, terms, stem)
    opened = _opened(read, _best(hits))
    closed = max((word.end() for word in islice(WORD.finditer(read, opened), AROUND)), default=0)
    if not closed:
        return escape(text[:200])
    more = WORD.search(text, closed)
    parts, place = [], opened
    for hit in hits:
        if place <= hit.start and hit.end <= closed:
            parts += [escape(text[place : hit.start]), "<mark>", escape(text[hit.start : hit.end]), "</mark>"]
            place = hit.end
    parts.append(escape(text[place:closed] if more else text[place:].rstrip()))
    return mark_safe(("… " if opened else "") + "".join(parts) + (" …" if more else ""))  # noqa: S308 (every part is escaped)


def _hits(text: str, terms: Sequence[Term], stem: Stem) -> list[_Hit]:
    looked = [([stem(word) for word in term.words], _tail(term, stem)) for term in terms]
    firsts = {(found[0] if len(found) > 1 or tail is None else tail)[:2] for found, tail in looked}
    hits = []
    for start in _starts(text, firsts):
        for number, (found, tail) in enumerate(looked):
            if end := _end(text, start, found, tail, stem):
                hits.append(_Hit(start=start, end=end, term=number))
                break
    return hits


def _tail(term: Term, stem: Stem) -> str | None:
    return beginning(term.words[-1], stem) if term.prefix else None


def _starts(text: str, firsts: set[str]) -> list[int]:
    """Where words stand that may be one of those: stems begin as their words do, but for accents."""
    small = text.replace("İ", "I").lower()  # as long as the text: this letter alone is two when it is small
    places = {found.start() for first in firsts for found in re.finditer(re.escape(first), small)}
    starts = {place for place in places if not (place and _in_word(text[place - 1]))}
    return sorted(starts if text.isascii() else starts.union(_accented(text)))


def _accented(text: str) -> Iterator[int]:
    """Where words stand that begin otherwise than their stems do."""
    for found in _NOT_ASCII.finditer(text):
        start = found.start()
        while start and _in_word(text[start - 1]):
            start -= 1
        if any(map(decomposition, text[start : start + 2])):
            yield start


def _in_word(letter: str) -> bool:
    return letter.isalnum() or letter == "_"


def _end(text: str, start: int, stems: list[str], tail: str | None, stem: Stem) -> int:
    """Where words end that begin at a place and have these stems; 0 if there are others."""
    end, last = 0, len(stems) - 1
    words = WORD.finditer(text, start)
    for number, wanted in enumerate(stems):
        word = next(words, None)
        found = stem(word[0]) if word else ""
        if word is None or not (found.startswith(tail) if tail is not None and number == last else found == wanted):
            return 0
        end = word.end()
    return end


def _best(hits: list[_Hit]) -> int:
    """Where the part begins that has most different terms; the first of them."""
    if len({hit.term for hit in hits}) < 2:
        return hits[0].start if hits else 0
    return max(enumerate(hits), key=lambda numbered: (_terms_from(hits, numbered[0]), -numbered[0]))[1].start


def _terms_from(hits: list[_Hit], first: int) -> int:
    near = takewhile(lambda hit: hit.start < hits[first].start + NEAR, islice(hits, first, None))
    return len({hit.term for hit in near})


def _opened(text: str, place: int) -> int:
    """Where to begin so that a few words stand before a place; 0 if there are no more."""
    cut = max(0, place - FAR)
    words = [word.start() for word in WORD.finditer(text, cut, place) if not cut or word.start() > cut]
    if not cut and len(words) <= BEFORE:
        return 0
    return words[-BEFORE] if words[BEFORE - 1 :] else words[0] if words else place
