"""Wagtail's search queries in PostgreSQL's language (datatype tsquery). Pure."""

from __future__ import annotations

from itertools import pairwise

from wagtail.search.query import And, Not, Or, Phrase, SearchQuery

from broadsheet.readers.search.asking import Beginning
from broadsheet.readers.search.pairs import bucket

IN = {"": "", "title": "!", "standfirst": "?"}
"""What stands before words of the headline and the standfirst where those are looked for alone."""


def expression(query: SearchQuery, column: str = "") -> str:
    """A query as a tsquery. Words are quoted, so that nothing a reader types is syntax.

    Args:
        query: what must stand there.
        column: a name of IN, where all of it must stand; anywhere if there is none.
    """
    if isinstance(query, Phrase):
        return "(" + " & ".join(_tokens(query, IN[column])) + ")"
    if isinstance(query, And | Or):
        sign = " & " if isinstance(query, And) else " | "
        return "(" + sign.join(expression(part, column) for part in query.subqueries) + ")"
    if isinstance(query, Not):
        return "!" + expression(query.subquery, column)
    raise TypeError(f"{type(query).__name__} is not asked of entries.")


def _tokens(query: Phrase, sign: str) -> list[str]:
    """What must stand there: buckets of pairs, and the words themselves; of a beginning, the last as such."""
    words, begun = query.query_string.split(" "), isinstance(query, Beginning)
    buckets = [bucket(one, other) for one, other in pairwise(words[:-1] if begun else words)]
    tokens = [quoted(sign + token) for token in (*buckets, *words)]
    return [*tokens[:-1], tokens[-1] + ":*"] if begun else tokens


def quoted(word: str) -> str:
    """A word as it stands in a tsquery."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
