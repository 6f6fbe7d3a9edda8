"""Finding articles on PostgreSQL: the newest that have the words, ranked by where they stand."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from broadsheet.readers.search import decide
from broadsheet.readers.search.decide import Query
from broadsheet.readers.search.full_text_schema import TABLE
from broadsheet.readers.search.list_filters import list_filters
from broadsheet.readers.search.stemming import stem


def hits(cursor: Any, query: Query, limit: int) -> list[tuple[int, datetime]]:
    """The newest hits with their dates, in the order in which they are shown.

    Args:
        cursor: of the database.
        query: what to look for.
        limit: how many of the newest are looked at.
    """
    where, values = list_filters(query)
    if query.since is not None:
        where += " AND e.listed_at >= %s"
        values.append(query.since)
    words = decide.tsquery(query, stem)
    match = "%s::tsquery"
    order = "listed_at DESC" if query.newest_first else f"ts_rank_cd(words, {match}) DESC, listed_at DESC"
    ranked = [] if query.newest_first else [words]
    sql = (
        f"SELECT article_id, listed_at FROM (SELECT e.article_id, e.words, e.listed_at FROM {TABLE} e"
        f" WHERE e.words @@ {match}{where} ORDER BY e.listed_at DESC LIMIT {limit}) AS newest ORDER BY {order}"
    )
    cursor.execute(sql, [words, *values, *ranked])
    return list(cursor.fetchall())
