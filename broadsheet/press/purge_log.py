"""Writing and reading the purge log.

A cursor must never pass a row that is still being committed. On SQLite writers take turns, so ids are in the order of
commit. On PostgreSQL they are not: each row carries the id of its transaction, and the cursor is the oldest transaction
that was still running when the log was read (``pg_snapshot_xmin``): everything before it is settled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import connection, transaction
from django.utils import timezone

from broadsheet.press.models import Purge

KEEP = timedelta(days=30)
CHANNEL = "broadsheet_purge"


@dataclass(frozen=True, kw_only=True)
class PurgeRow:
    """One row of the log."""

    id: int
    """Its number."""
    key: str
    """The surrogate key that changed."""
    at: datetime | None
    """For a list, the date that changed; None for all of it."""


@dataclass(frozen=True, kw_only=True)
class LogPart:
    """What the log holds from a cursor on."""

    rows: tuple[PurgeRow, ...]
    """In order of their numbers; on PostgreSQL some may have been seen before."""
    cursor: int
    """Where to read from next time."""


_noted: ContextVar[list[PurgeRow] | None] = ContextVar("noted", default=None)


def append(keys: Iterable[tuple[str, datetime | None]], *, reason: str = "") -> None:
    """Write purges in the transaction of the change itself, and have them followed once it is committed."""
    rows = [Purge(key=key, at=at, reason=reason[:120]) for key, at in dict.fromkeys(keys)]
    if not rows:
        return
    from broadsheet.press import follow  # which reads this log: imported when both are complete

    noted = _noted.get()
    if noted is not None:
        noted.extend(PurgeRow(id=0, key=row.key, at=row.at) for row in rows)
    Purge.objects.bulk_create(rows)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify(%s, '')", [CHANNEL])
    transaction.on_commit(partial(follow.follow_quietly))


@contextmanager
def noting() -> Iterator[list[PurgeRow]]:
    """Note what is appended inside, for those who want to know what a change would purge."""
    rows: list[PurgeRow] = []
    token = _noted.set(rows)
    try:
        yield rows
    finally:
        _noted.reset(token)


def read(cursor: int | None) -> LogPart:
    """The rows after a cursor, and the next cursor. None starts at the end: an empty edition has nothing to purge."""
    return _read_postgresql(cursor) if connection.vendor == "postgresql" else _read_sqlite(cursor)


def newest() -> int:
    """The number of the newest purge; 0 if there is none. It changes whenever anything does that readers see."""
    return Purge.objects.order_by("-id").values_list("id", flat=True).first() or 0


def prune() -> int:
    """Drop rows older than KEEP. Returns how many."""
    return Purge.objects.filter(made_at__lt=timezone.now() - KEEP).delete()[0]


def _read_sqlite(cursor: int | None) -> LogPart:
    with connection.cursor() as db:
        if cursor is None:
            db.execute("SELECT coalesce(max(id), 0) FROM press_purge")
            return LogPart(rows=(), cursor=db.fetchone()[0])
        found = Purge.objects.filter(id__gt=cursor).order_by("id").values_list("id", "key", "at")
        rows = tuple(PurgeRow(id=pk, key=key, at=at) for pk, key, at in found)
    return LogPart(rows=rows, cursor=rows[-1].id if rows else cursor)


def _read_postgresql(cursor: int | None) -> LogPart:
    with connection.cursor() as db:
        if cursor is None:
            db.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
            return LogPart(rows=(), cursor=db.fetchone()[0])
        # One statement, so rows and xmin belong to the same snapshot.
        db.execute(
            "SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, p.id, p.key, p.at FROM (SELECT 1) AS one "
            "LEFT JOIN press_purge p ON p.xid >= %s::text::xid8 ORDER BY p.id",
            [str(cursor)],
        )
        found = db.fetchall()
    rows = tuple(PurgeRow(id=pk, key=key, at=at) for _, pk, key, at in found if pk is not None)
    return LogPart(rows=rows, cursor=found[0][0])
