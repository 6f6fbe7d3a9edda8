"""A reader's query in the terms of Wagtail's search: words that stand together, all, any or none of them. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from wagtail.search.query import And, Not, Or, Phrase, SearchQuery

from broadsheet.newsroom.models import ListKind
from broadsheet.readers.search.decide import Query, Term, beginning
from broadsheet.readers.search.marks import list_mark


class Beginning(Phrase):
    """Words that stand together, of which the last is only a beginning: what the library has no word for."""


def tree(query: Query, stem: Callable[[str], str], dates: Iterable[str] = ()) -> And:
    """What must stand in an entry of the index.

    Args:
        query: what is looked for.
        stem: cuts a word to what stands in the index.
        dates: marks of days, months and years, of which an entry must have one; any date if there are none.
    """
    marks: list[SearchQuery] = [Phrase(mark) for mark in marks_asked_for(query)]
    if any_of := [Phrase(mark) for mark in dates]:
        marks.append(Or(any_of))
    wanted = [phrase(term, stem) for term in query.terms]
    return And([*marks, *wanted, *(Not(phrase(term, stem)) for term in query.without)])


def marks_asked_for(query: Query) -> list[str]:
    """The marks of the lists that a query is narrowed to."""
    asked = ((ListKind.SECTION, query.section), (ListKind.TOPIC, query.topic), (ListKind.PERSON, query.author))
    return [list_mark(kind, ref) for kind, ref in asked if ref is not None]


def phrase(term: Term, stem: Callable[[str], str]) -> Phrase:
    """One term, as it stands in the index; of a beginning, what its word's stem could begin with."""
    words = [stem(word) for word in term.words]
    if not term.prefix:
        return Phrase(" ".join(words))
    return Beginning(" ".join([*words[:-1], beginning(term.words[-1], stem)]))


def stands_in(term: Phrase, stems: str) -> bool:
    """Whether a term stands in a text of stems with a space between two."""
    end = "" if isinstance(term, Beginning) else " "
    return f" {term.query_string}{end}" in f" {stems} "
