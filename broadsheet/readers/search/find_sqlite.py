"""Finding articles on SQLite, at a cost that does not grow with the archive.

FTS5's own ranking counts every article of the archive that has a word before it ranks the first: 0.1 s for two common
words at a million articles, 0.8 s for a common phrase. So hits are ranked here, by where the words stand.
"""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime
from typing import Any

from django.db import connection

from broadsheet.newsroom.models import ListKind
from broadsheet.readers.search import decide
from broadsheet.readers.search.decide import Query
from broadsheet.readers.search.full_text_schema import TABLE
from broadsheet.readers.search.list_filters import list_filters
from broadsheet.readers.search.stemming import stem

WEIGHTS = {"title": 9, "standfirst": 3}
"""What one of the words, or one phrase, counts there; in the text they all stand."""


def hits(cursor: Any, query: Query, limit: int) -> list[tuple[int, datetime]]:
    """The newest hits with their dates, in the order in which they are shown.

    Args:
        cursor: of the database.
        query: what to look for.
        limit: how many of the newest are looked at.
    """
    dates = _newest(cursor, query, limit)
    score = Counter[int]() if query.newest_first or not dates else _score(cursor, query, min(dates))
    ordered = sorted(dates, key=lambda pk: (score[pk], dates[pk], pk), reverse=True)
    return [(pk, dates[pk].replace(tzinfo=UTC)) for pk in ordered]


def _newest(cursor: Any, query: Query, limit: int) -> dict[int, datetime]:
    """The newest hits with their dates, which stand in an index: the texts need not be read."""
    where, values = list_filters(query)
    if query.since is not None:
        where = f" AND h.rowid >= ({_FIRST_SINCE}) AND e.listed_at >= %s{where}"
        since = connection.ops.adapt_datetimefield_value(query.since)
        values = [int(ListKind.SITE), since, since, *values]
    cursor.execute(
        f"SELECT h.rowid, e.listed_at FROM {TABLE}_fts h"
        f" JOIN {TABLE} e INDEXED BY search_article_date ON e.article_id = h.rowid"
        f" WHERE h.{TABLE}_fts MATCH %s{where} ORDER BY h.rowid DESC LIMIT %s",
        [decide.fts5(query, stem), *values, limit],
    )
    return dict(cursor.fetchall())


_FIRST_SINCE = "SELECT min(article_id) FROM newsroom_listing WHERE kind = %s AND ref = 0 AND listed_at >= %s"
"""Where hits that are old enough to be left out end, so that they are not walked through."""


def _score(cursor: Any, query: Query, oldest: int) -> Counter[int]:
    """How much the headline and the standfirst of each hit, from an id on, have of what is looked for."""
    score = Counter[int]()
    every = decide.fts5(query, stem)
    for column, weight in WEIGHTS.items():
        for term in query.terms:
            match = f"{{{column}}} : {decide.fts5_term(term, stem)} AND ({every})"
            cursor.execute(f"SELECT rowid FROM {TABLE}_fts WHERE {TABLE}_fts MATCH %s AND rowid >= %s", [match, oldest])
            for (pk,) in cursor.fetchall():
                score[pk] += weight
    return score
