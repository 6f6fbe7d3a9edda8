"""Adding to many rows at once, in both databases: one statement for PostgreSQL, one prepared one for SQLite."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

TYPES = {"BigIntegerField": "bigint", "ForeignKey": "bigint", "SmallIntegerField": "smallint", "CharField": "text"}


def add(model: type[models.Model], key: Sequence[str], rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows; where a row with this key is there already, add the other columns to it."""
    _write(model, key, list(rows), "{column} = {table}.{column} + excluded.{column}")


def put(model: type[models.Model], key: Sequence[str], rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows; where a row with this key is there already, put the other columns in their place."""
    _write(model, key, list(rows), "{column} = excluded.{column}")


def chosen(values: Sequence[int]) -> tuple[str, Any]:
    """SQL for "is one of these", however many there are, and its parameter."""
    if connection.vendor == "postgresql":
        return "= ANY(%s)", list(values)
    return "IN (SELECT value FROM json_each(%s))", str(list(values))


def _write(model: type[models.Model], key: Sequence[str], rows: list[dict[str, Any]], gain: str) -> None:
    if not rows:
        return
    table, columns = model._meta.db_table, list(rows[0])
    gains = ", ".join(gain.format(table=table, column=column) for column in columns if column not in key)
    head, end = f"INSERT INTO {table} ({', '.join(columns)})", f"ON CONFLICT ({', '.join(key)}) DO UPDATE SET {gains}"
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            kinds = {
                field.column: TYPES[field.get_internal_type()]
                for field in model._meta.concrete_fields
                if field.column in columns
            }
            lists = ", ".join(f"%s::{kinds[column]}[]" for column in columns)
            values: list[Any] = [[row[column] for row in rows] for column in columns]
            cursor.execute(f"{head} SELECT * FROM unnest({lists}) {end}", values)
        else:
            marks = ", ".join(["%s"] * len(columns))
            cursor.executemany(f"{head} VALUES ({marks}) {end}", [tuple(row.values()) for row in rows])
