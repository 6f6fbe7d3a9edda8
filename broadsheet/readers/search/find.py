"""Finding articles: the newest few thousand hits are looked at and the best of them shown.

Ranking every hit of a very common word took 2.6 s at 100,000 articles; ranking the newest few thousand is bounded, and
in a newspaper the newest are what is looked for. How the two databases find and rank them differs.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from broadsheet.readers.search import decide, find_sqlite
from broadsheet.readers.search.decide import Query
from broadsheet.readers.search.full_text_schema import TABLE
from broadsheet.readers.search.list_filters import list_filters

RANKED = 3000
START, END = "\x02", "\x03"


@dataclass(frozen=True, kw_only=True)
class Hit:
    """An article that was found."""

    article: int
    """Its id."""
    snippet: SafeString
    """Where the words stand, with <mark> around them."""


@dataclass(frozen=True, kw_only=True)
class Found:
    """A page of hits."""

    hits: tuple[Hit, ...]
    """In order."""
    total: int
    """How many there are, counted up to RANKED."""

    @property
    def is_capped(self) -> bool:
        """Whether there are more than were counted."""
        return self.total >= RANKED


def find(query: Query, start: int, length: int) -> Found:
    """Search.

    Args:
        query: what to look for; one without phrases finds nothing.
        start: how many hits to skip.
        length: how many to return.
    """
    if not query.phrases:
        return Found(hits=(), total=0)
    search = _postgresql if connection.vendor == "postgresql" else find_sqlite.hits
    with connection.cursor() as cursor:
        found = search(cursor, query, RANKED)
        shown = found[start : start + length]
        snippets = _snippets(cursor, query, shown)
    return Found(hits=tuple(Hit(article=pk, snippet=_marked(snippets[pk])) for pk in shown), total=len(found))


def _postgresql(cursor: Any, query: Query, limit: int) -> list[int]:
    where, values = list_filters(query)
    if query.since is not None:
        where += " AND e.listed_at >= %s"
        values.append(query.since)
    match, words = _tsquery(query)
    order = "listed_at DESC" if query.newest_first else f"ts_rank_cd(words, {match}) DESC, listed_at DESC"
    ranked: list[Any] = [] if query.newest_first else words
    sql = (
        f"SELECT article_id FROM (SELECT e.article_id, e.words, e.listed_at FROM {TABLE} e"
        f" WHERE e.words @@ {match}{where} ORDER BY e.listed_at DESC LIMIT {limit}) AS newest ORDER BY {order}"
    )
    cursor.execute(sql, [*words, *values, *ranked])
    return [pk for (pk,) in cursor.fetchall()]


def _tsquery(query: Query) -> tuple[str, list[Any]]:
    parts = " && ".join("phraseto_tsquery('broadsheet_english', %s)" for _ in query.phrases)
    return f"({parts})", [" ".join(words) for words in query.phrases]


def _snippets(cursor: Any, query: Query, ids: list[int]) -> dict[int, str]:
    if not ids:
        return {}
    places = ", ".join(["%s"] * len(ids))
    if connection.vendor == "postgresql":
        match, words = _tsquery(query)
        options = f"StartSel={START},StopSel={END},MaxWords=32,MinWords=20,MaxFragments=1"
        sql = (
            f"SELECT article_id, ts_headline('broadsheet_english', standfirst || ' ' || body, {match}, %s)"
            f" FROM {TABLE} WHERE article_id IN ({places})"
        )
        cursor.execute(sql, [*words, options, *ids])
    else:
        sql = (
            f"SELECT rowid, snippet({TABLE}_fts, -1, '{START}', '{END}', '…', 32) FROM {TABLE}_fts"
            f" WHERE {TABLE}_fts MATCH %s AND rowid IN ({places})"
        )
        cursor.execute(sql, [decide.fts5(query.phrases), *ids])
    return dict(cursor.fetchall())


def _marked(text: str) -> SafeString:
    return mark_safe(escape(text).replace(START, "<mark>").replace(END, "</mark>"))  # noqa: S308 (escaped first)
