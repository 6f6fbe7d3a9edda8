"""Wagtail's search queries in FTS5's language (sqlite.org/fts5.html, section 3). Pure."""

from __future__ import annotations

from wagtail.search.query import And, Not, Or, Phrase, SearchQuery

from broadsheet.readers.search.asking import Beginning
from broadsheet.readers.search.pairs import tokens_of


def expression(query: SearchQuery) -> str:
    """A query as an expression. Words are quoted, so that nothing a reader types is syntax."""
    if isinstance(query, Phrase):
        words = query.query_string.split(" ")
        tokens = [quoted(token) for token in tokens_of(words)]
        if len(words) > 2:  # places are compared where all pairs are
            tokens.append(quoted(query.query_string))
        return "(" + " AND ".join(tokens) + ("*" if isinstance(query, Beginning) else "") + ")"
    if isinstance(query, Or):
        return "(" + " OR ".join(map(expression, query.subqueries)) + ")"
    if isinstance(query, And):
        wanted = " AND ".join(expression(part) for part in query.subqueries if not isinstance(part, Not))
        without = [expression(part.subquery) for part in query.subqueries if isinstance(part, Not)]
        return "".join([f"({wanted})", *(f" NOT {part}" for part in without)])
    raise TypeError(f"{type(query).__name__} is not asked of entries.")


def quoted(token: str) -> str:
    """A token of the index as it stands in an expression."""
    return '"' + token.replace('"', '""') + '"'
