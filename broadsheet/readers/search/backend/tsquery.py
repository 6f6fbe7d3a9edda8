"""Wagtail's search queries in PostgreSQL's language (datatype tsquery). Pure."""

from __future__ import annotations

from itertools import pairwise

from wagtail.search.query import And, Not, Or, Phrase, SearchQuery

from broadsheet.readers.search.asking import Beginning
from broadsheet.readers.search.pairs import bucket


def expression(query: SearchQuery) -> str:
    """A query as a tsquery. Words are quoted, so that nothing a reader types is syntax."""
    if isinstance(query, Phrase):
        return "(" + " & ".join(_tokens(query)) + ")"
    if isinstance(query, And | Or):
        sign = " & " if isinstance(query, And) else " | "
        return "(" + sign.join(map(expression, query.subqueries)) + ")"
    if isinstance(query, Not):
        return "!" + expression(query.subquery)
    raise TypeError(f"{type(query).__name__} is not asked of entries.")


def _tokens(query: Phrase) -> list[str]:
    """What must stand there: buckets of pairs, and the words themselves; of a beginning, the last as such."""
    words, begun = query.query_string.split(" "), isinstance(query, Beginning)
    buckets = [bucket(one, other) for one, other in pairwise(words[:-1] if begun else words)]
    tokens = [quoted(token) for token in (*buckets, *words)]
    return [*tokens[:-1], tokens[-1] + ":*"] if begun else tokens


def quoted(word: str) -> str:
    """A word as it stands in a tsquery."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
