"""Putting many rows into a database quickly: SQLite by prepared statements, PostgreSQL by COPY."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

FTS_TABLES = ("reader_search_searchentry_fts", "wagtailsearch_indexentry_fts")
QUICK = """
    PRAGMA synchronous = OFF; PRAGMA cache_size = -1500000; PRAGMA temp_store = MEMORY; PRAGMA foreign_keys = OFF;
    PRAGMA wal_autocheckpoint = 20000;
"""
"""A killed fill goes on where it stopped; only a power cut would spoil it."""


def begin() -> None:
    """Make the connection quick. Full-text indexes are given more memory, until ``end``."""
    if connection.vendor != "sqlite":
        return
    connection.ensure_connection()
    for statement in filter(str.strip, QUICK.split(";")):
        connection.connection.execute(statement)
    _index_in_memory(megabytes=64)


def end() -> None:
    """Leave the database as the product has it, with statistics that are bounded by ``analysis_limit``."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE")
        return
    _index_in_memory(megabytes=1)
    connection.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def load(table: str, columns: list[str], rows: list[tuple[Any, ...]]) -> None:
    """Insert rows."""
    names = ", ".join(f'"{name}"' for name in columns)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor, cursor.copy(f'COPY "{table}" ({names}) FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
        return
    places = ", ".join("?" * len(columns))
    with connection.cursor() as cursor:
        # The driver's own cursor: Django's would translate the statement for each row.
        cursor.connection.executemany(f'INSERT INTO "{table}" ({names}) VALUES ({places})', rows)  # noqa: S608 (ours)


def add_to_months(counts: Mapping[tuple[int, int, Any], int]) -> None:
    """Add to the stored counts of months."""
    rows = [(kind, ref, month.isoformat(), count) for (kind, ref, month), count in sorted(counts.items())]
    sql = (
        "INSERT INTO newsroom_monthcount (kind, ref, month, count) VALUES (%s, %s, %s, %s)"
        " ON CONFLICT (kind, ref, month) DO UPDATE SET count = newsroom_monthcount.count + excluded.count"
    )
    _many(sql, rows)


def add_children(counts: Mapping[int, int]) -> None:
    """Add to the number of children that sections have in the page tree."""
    _many("UPDATE wagtailcore_page SET numchild = numchild + %s WHERE id = %s", [(n, pk) for pk, n in counts.items()])


def index_pages(first: int, last: int, content_type: int) -> None:
    """PostgreSQL: the admin's search index of these articles, whose vectors the database makes itself."""
    english, simple = "to_tsvector('pg_catalog.english', {})", "to_tsvector('pg_catalog.simple', {})"
    title, body = f"setweight({english.format('p.title')}, 'B')", english.format("a.standfirst")
    sql = f"""
        INSERT INTO wagtailsearch_indexentry
            (content_type_id, object_id, title_norm, title, autocomplete, body, title_text, body_text)
        SELECT {content_type}, p.id::text, 1.0, {title}, {simple.format("p.title")}, {body}, p.title, a.standfirst
        FROM wagtailcore_page p JOIN newsroom_article a ON a.page_ptr_id = p.id WHERE p.id BETWEEN {first} AND {last}
    """  # noqa: S608 (numbers of ours)
    with connection.cursor() as cursor:
        cursor.execute(sql)


def reset_sequences(tables: Iterable[tuple[str, str]]) -> None:
    """PostgreSQL: let the database's own ids go on after those that were given. SQLite does so by itself."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            for table, column in tables:
                top = f'(SELECT max("{column}") FROM "{table}")'  # noqa: S608 (ours)
                cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', '{column}'), {top})")


def _many(sql: str, rows: list[tuple[Any, ...]]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(sql, rows)


def _index_in_memory(megabytes: int) -> None:
    with connection.cursor() as cursor:
        for table in FTS_TABLES:
            cursor.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('hashsize', %s)", [megabytes << 20])  # noqa: S608
