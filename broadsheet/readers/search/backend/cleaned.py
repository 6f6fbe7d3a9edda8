"""What an editor typed, without what the library takes for syntax or the database cannot take. Pure."""

from __future__ import annotations

from wagtail.search.query import And, Or, Phrase, PlainText, SearchQuery

_SPACES = str.maketrans({'"': " ", "\x00": " "})


def cleaned(asked: str | SearchQuery) -> str | SearchQuery:
    """A query without quotation marks and NULs inside its words; an empty text if nothing is left."""
    if isinstance(asked, str):
        return asked.translate(_SPACES).strip()
    if isinstance(asked, PlainText):
        text = cleaned(asked.query_string)
        return PlainText(text, operator=asked.operator, boost=asked.boost) if text else ""
    if isinstance(asked, Phrase):
        text = cleaned(asked.query_string)
        return Phrase(text) if text else ""
    if isinstance(asked, And | Or):
        parts = [part for part in map(cleaned, asked.subqueries) if part]
        return type(asked)(parts) if len(parts) > 1 else parts[0] if parts else ""
    return asked
