"""How the database goes about a page's queries: whether any of them walks a table that grows with the archive."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection

LARGE = {
    "wagtailcore_page", "newsroom_article", "newsroom_byline", "newsroom_topiclink", "newsroom_listing",
    "newsroom_relatedlink", "newsroom_correction", "wagtailcore_revision", "wagtailcore_pagelogentry",
    "wagtailcore_referenceindex", "wagtailsearch_indexentry", "reader_search_searchentry", "reader_search_stem",
    "wire_item",
}  # fmt: skip
"""Tables with a row or more for each article."""
TELLS_NOTHING_APART = re.compile(
    r"^\(((content_type_id|base_content_type_id|depth|locale_id|live|owner_id|status|kind)[=<>]+\?"
    r"( AND depth[<>]\?)?)\)$"
)
"""Conditions that fit a share of all rows: an index on such a column alone is no help."""


def walks(act: Callable[[], object]) -> list[str]:
    """Do something; returns what its queries walk, with the query."""
    asked: list[tuple[str, Any]] = []

    def note(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith("SELECT"):
            asked.append((sql, params))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        act()
    assert asked
    plan = _postgresql if connection.vendor == "postgresql" else _sqlite
    return [f"{step}: {sql[:1500]}" for sql, params in asked for step in plan(sql, params)]


def _sqlite(sql: str, params: Any) -> Iterator[str]:
    names = {alias: table for table, alias in re.findall(r'(?:FROM|JOIN) "(\w+)" (\w\d+)\b', sql)}
    bounded = " LIMIT " in sql
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN QUERY PLAN {sql}", params)
        steps = [row[3] for row in cursor.fetchall()]
    for step in steps:
        found = re.match(r"(SCAN|SEARCH) (\w+)(?: USING (?:COVERING )?INDEX \w+ ?(.*))?", step)
        if not found or names.get(found[2], found[2]) not in LARGE:
            continue
        walks_it = found[1] == "SCAN" or TELLS_NOTHING_APART.match(found[3] or "")
        in_order = bounded and "USE TEMP B-TREE FOR ORDER BY" not in steps and "USING" in step
        if walks_it and not in_order:
            yield step


def _postgresql(sql: str, params: Any) -> Iterator[str]:
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # small tables are read whole whatever indexes there are
        cursor.execute(f"EXPLAIN (FORMAT JSON) {sql}", params)
        plan = cursor.fetchone()[0]
    yield from _nodes((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"], bounded=False)


def _nodes(node: dict[str, Any], *, bounded: bool) -> Iterator[str]:
    table = node.get("Relation Name", "")
    if table in LARGE:
        asks = node.get("Index Cond", "")
        if node["Node Type"] == "Seq Scan" or (node["Node Type"] != "Bitmap Heap Scan" and not asks and not bounded):
            yield f"{node['Node Type']} of {table} {asks}"
    inner = bounded or node["Node Type"] == "Limit"
    for below in node.get("Plans", []):
        yield from _nodes(below, bounded=inner and node["Node Type"] not in {"Sort", "Aggregate"})
