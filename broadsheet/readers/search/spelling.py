"""“Did you mean”: words of headlines and names that are nearly what was typed.

Symmetric deletes (Garbe 2012, SymSpell): each known word is kept without each of its letters, a typed word is looked up
in the same way, and what both share is compared letter by letter. A lookup costs one index, however many are known.
"""

from __future__ import annotations

from collections.abc import Iterable

from broadsheet.readers.search.decide import Query
from broadsheet.readers.search.models import Spelling
from broadsheet.readers.search.stemming import WORD, fold

SHORTEST, LONGEST = 4, 30
FARTHEST = 2
"""Letters that may differ; one in words of up to five."""


def parts_of(word: str) -> set[str]:
    """A word, and what is left of it without each of its letters."""
    return {word, *(word[:at] + word[at + 1 :] for at in range(len(word)))}


def distance(one: str, other: str) -> int:
    """Letters to change, add, drop or swap with their neighbour (optimal string alignment)."""
    before: list[int] = []
    last = list(range(len(other) + 1))
    for row, letter in enumerate(one, 1):
        here = [row]
        for column, against in enumerate(other, 1):
            cost = min(last[column] + 1, here[-1] + 1, last[column - 1] + (letter != against))
            if row > 1 and column > 1 and letter == other[column - 2] and one[row - 2] == against:
                cost = min(cost, before[column - 2] + 1)
            here.append(cost)
        before, last = last, here
    return last[-1]


def learn(texts: Iterable[str]) -> None:
    """Know the words of an article's headline and names: one statement, whatever is known already."""
    words = {word for text in texts for word in WORD.findall(fold(text).casefold()) if SHORTEST <= len(word) <= LONGEST}
    rows = [Spelling(part=part, word=word) for word in sorted(words) if not word.isdigit() for part in parts_of(word)]
    Spelling.objects.bulk_create(rows, ignore_conflicts=True)


def instead(query: Query) -> str:
    """A query with its unknown words replaced by known ones; empty if there is nothing to replace."""
    words = {fold(word).casefold() for term in query.terms for word in term.words}
    unknown = {word for word in words if SHORTEST <= len(word) <= LONGEST}
    unknown -= set(Spelling.objects.filter(part__in=unknown, word__in=unknown).values_list("word", flat=True))
    replaced = {word: near for word in unknown if (near := nearest(word))}
    if not replaced:
        return ""
    return WORD.sub(lambda found: replaced.get(fold(found[0]).casefold(), found[0]), query.text)


def nearest(word: str) -> str:
    """The known word that is nearest to a typed one; empty if none is near."""
    most = FARTHEST if len(word) > 5 else 1
    known = set(Spelling.objects.filter(part__in=parts_of(word)).values_list("word", flat=True)[:500])
    near = [(distance(word, other), other[:1] != word[:1], other) for other in known]
    best = min((found for found in near if found[0] <= most), default=None)
    return best[2] if best else ""
