"""A reader's query in the terms of Wagtail's search: words that stand together, all, any or none of them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from wagtail.search.query import And, Not, Or, Phrase, SearchQuery

from broadsheet.newsroom.models import ListKind
from broadsheet.readers.search.decide import Query, Term, beginning
from broadsheet.readers.search.marks import list_mark


class Beginning(Phrase):
    """Words that stand together, of which the last is only a beginning: what the library has no word for."""


def tree(query: Query, read: Callable[[Term], SearchQuery | None], dates: Iterable[str] = ()) -> And:
    """What must stand in an entry of the index.

    Args:
        query: what is looked for.
        read: what stands for a term in the index, if anything does.
        dates: marks of days, months and years, of which an entry must have one; any date if there are none.
    """
    marks: list[SearchQuery] = [Phrase(mark) for mark in marks_asked_for(query)]
    if any_of := [Phrase(mark) for mark in dates]:
        marks.append(Or(any_of))
    wanted = [found for term in query.terms if (found := read(term))]
    return And([*marks, *wanted, *(Not(found) for term in query.without if (found := read(term)))])


def lists_asked_for(query: Query) -> list[tuple[int, int]]:
    """The lists that a query is narrowed to: kinds and numbers."""
    asked = ((ListKind.SECTION, query.section), (ListKind.TOPIC, query.topic), (ListKind.PERSON, query.author))
    return [(int(kind), ref) for kind, ref in asked if ref is not None]


def marks_asked_for(query: Query) -> list[str]:
    """The marks of the lists that a query is narrowed to."""
    return [list_mark(kind, ref) for kind, ref in lists_asked_for(query)]


def phrase(term: Term, stem: Callable[[str], str]) -> Phrase:
    """One term, as it stands in the index; of a beginning, what its word's stem could begin with.

    Args:
        term: what is looked for.
        stem: cuts a word to what stands in the index.
    """
    words = [stem(word) for word in term.words]
    if not term.prefix:
        return Phrase(" ".join(words))
    return Beginning(" ".join([*words[:-1], beginning(term.words[-1], stem)]))


def spelt_out(asked: Beginning, endings: Sequence[str]) -> SearchQuery:
    """A beginning as any of the words that it stands for; as itself if there are none."""
    before = asked.query_string.rpartition(" ")[0]
    words = [Phrase(f"{before} {word}".lstrip()) for word in endings]
    return Or(words) if len(words) > 1 else words[0] if words else asked


def whole_words(asked: Beginning) -> Phrase | None:
    """The words before the last, of which only the beginning is known; None if there are none."""
    before = asked.query_string.rpartition(" ")[0]
    return Phrase(before) if before else None


def stands_in(term: Phrase, stems: str) -> bool:
    """Whether a term stands in a text of stems with a space between two."""
    return needle(term) in f" {stems} "


def needle(term: Phrase) -> str:
    """What is in a text, if a term stands there, that has a space before and behind each stem."""
    return f" {term.query_string}" + ("" if isinstance(term, Beginning) else " ")
