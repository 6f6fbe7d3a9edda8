"""Purges inside the edition: which leaves a purge makes stale, and which purges a rendering was overtaken by."""

from __future__ import annotations

import sqlite3
import time
from datetime import UTC, datetime

from broadsheet.press.addresses import ALL_MOVED, KEY
from broadsheet.press.purge_log import PurgeRow
from broadsheet.press.surrogate_keys import UNNAMED

KEEP_APPLIED = 10_000
"""Rows of the log that are remembered as applied."""
OPEN_OLDEST, OPEN_NEWEST = -(2**62), 2**62
"""The ends of a stretch that is open."""


def purge(db: sqlite3.Connection, row: PurgeRow) -> int:
    oldest = micros(row.at, OPEN_OLDEST)
    newest = micros(row.at, OPEN_NEWEST)
    now = time.time()
    if row.key == ALL_MOVED:
        set_state(db, "surveyed", "no")
    elif row.key.startswith(KEY):
        db.execute("INSERT OR IGNORE INTO address VALUES (?)", (int(row.key.removeprefix(KEY)),))
    db.execute("INSERT INTO purged VALUES (?, ?, ?, ?, ?)", (next_generation(db), row.key, oldest, newest, now))
    return db.execute(
        "UPDATE leaf SET stale_since = ?, stale_key = ? WHERE stale_since IS NULL AND id IN"
        " (SELECT leaf FROM dependency WHERE key IN (?, ?) AND oldest <= ? AND newest >= ?)",
        (now, row.key, row.key, UNNAMED, newest, oldest),
    ).rowcount


def is_new(db: sqlite3.Connection, row: PurgeRow) -> bool:
    """Whether this row of the log was not applied before; it counts as applied from now on."""
    return bool(db.execute("INSERT OR IGNORE INTO applied VALUES (?)", (row.id,)).rowcount)


def forget_old(db: sqlite3.Connection, before: float) -> None:
    """Drop what no rendering in progress and no second reading of the log can ask for any more."""
    db.execute("DELETE FROM purged WHERE made_at < ?", (before,))
    db.execute("DELETE FROM applied WHERE id <= (SELECT max(id) FROM applied) - ?", (KEEP_APPLIED,))


def purged_since(db: sqlite3.Connection, began: int, wanted: set[tuple[str, int, int]]) -> str | None:
    for key, oldest, newest in wanted:
        found = db.execute(
            "SELECT key FROM purged WHERE generation > ? AND (key = ? OR ? = ?) AND oldest <= ? AND newest >= ?",
            (began, key, key, UNNAMED, newest, oldest),
        ).fetchone()
        if found:
            return str(found[0])
    return None


def next_generation(db: sqlite3.Connection) -> int:
    row = db.execute("SELECT value FROM state WHERE name = 'generation'").fetchone()
    following = int(row[0]) + 1 if row else 1
    set_state(db, "generation", str(following))
    return following


def set_state(db: sqlite3.Connection, name: str, value: str) -> None:
    db.execute("INSERT INTO state VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value))


def micros(moment: datetime | None, open_end: int) -> int:
    return open_end if moment is None else int(moment.timestamp() * 1_000_000)


def moment(micros: int) -> datetime | None:
    return None if micros in (OPEN_OLDEST, OPEN_NEWEST) else datetime.fromtimestamp(micros / 1_000_000, UTC)
