"""Wagtail's search queries in PostgreSQL's language (datatype tsquery). Pure."""

from __future__ import annotations

from wagtail.search.query import And, Not, Or, Phrase, SearchQuery

from broadsheet.readers.search.asking import Beginning

IN = {"title": "!", "standfirst": "?"}
"""What stands before words of the headline and the standfirst where those are looked for alone."""


def expression(query: SearchQuery) -> str:
    """A query as a tsquery. Words are quoted, so that nothing a reader types is syntax."""
    if isinstance(query, Phrase):
        words = [quoted(word) for word in query.query_string.split(" ")]
        return "(" + " <-> ".join(words) + (":*" if isinstance(query, Beginning) else "") + ")"
    if isinstance(query, And):
        return "(" + " & ".join(map(expression, query.subqueries)) + ")"
    if isinstance(query, Or):
        return "(" + " | ".join(map(expression, query.subqueries)) + ")"
    if isinstance(query, Not):
        return "!" + expression(query.subquery)
    raise TypeError(f"{type(query).__name__} is not asked of entries.")


def within(query: Phrase, column: str) -> str:
    """The words of a phrase, all in one column, in whatever order."""
    words = [quoted(IN[column] + word) for word in query.query_string.split(" ")]
    return " & ".join(words) + (":*" if isinstance(query, Beginning) else "")


def quoted(word: str) -> str:
    """A word as it stands in a tsquery."""
    return "'" + word.replace("\\", "\\\\").replace("'", "''") + "'"
