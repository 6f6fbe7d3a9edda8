"""A query's section, topic and author as SQL."""

from __future__ import annotations

from typing import Any

from broadsheet.newsroom.models import ListKind
from broadsheet.readers.search.decide import Query


def list_filters(query: Query) -> tuple[str, list[Any]]:
    """Conditions on an article of the index (``e``), each beginning with AND, and their values."""
    in_list = "SELECT 1 FROM newsroom_listing l WHERE l.article_id = e.article_id AND l.kind = %s AND l.ref = %s"
    asked = [(ListKind.SECTION, query.section), (ListKind.TOPIC, query.topic), (ListKind.PERSON, query.author)]
    wanted = [(int(kind), ref) for kind, ref in asked if ref is not None]
    return f" AND EXISTS ({in_list})" * len(wanted), [value for pair in wanted for value in pair]
