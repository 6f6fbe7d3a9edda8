"""The edition's file: reading, printing and purging leaves.

Connections are one per thread. Reading a leaf takes no lock of Python's or of SQLite's writers (WAL).
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import cache
from pathlib import Path

from django.conf import settings

from broadsheet.press.edition import schema
from broadsheet.press.edition.leaf import Leaf, Status
from broadsheet.press.purge_log import LogPart, PurgeRow
from broadsheet.press.recorder import Dependency
from broadsheet.press.surrogate_keys import UNNAMED

OPEN_OLDEST, OPEN_NEWEST = -(2**62), 2**62
KEEP_PURGED_SECONDS = 900
"""How long a purge can still win over a rendering that began before it."""


def open_edition() -> Edition:
    """The edition of this site (one object a process)."""
    return _edition(str(settings.EDITION_PATH))


@cache
def _edition(path: str) -> Edition:
    return Edition(Path(path))


class Edition:
    """Everything rendered, in one file. Safe to delete at any time: it is rendered again when asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()

    def connection(self) -> sqlite3.Connection:
        """This thread's connection; opened, and the file made, on first use or after the file was removed."""
        known: tuple[sqlite3.Connection, int] | None = getattr(self._local, "opened", None)
        if known is not None:
            return known[0]
        return self._open()

    def reopen(self) -> None:
        """Forget this thread's connection: the file was replaced."""
        known = getattr(self._local, "opened", None)
        if known is not None:
            known[0].close()
            del self._local.opened

    def was_replaced(self) -> bool:
        """Whether the file this thread has open is no longer the one at the edition's path."""
        known = getattr(self._local, "opened", None)
        if known is None:
            return False
        try:
            return bool(self.path.stat().st_ino != known[1])
        except FileNotFoundError:
            return True

    def version(self) -> tuple[int, int]:
        """Changes whenever the edition has been written to, by another connection or by this one."""
        theirs = self.connection().execute("PRAGMA data_version").fetchone()[0]
        return theirs, getattr(self._local, "writes", 0)

    # Reading

    def get(self, path: str) -> Leaf | None:
        """The leaf of an address, fresh or stale; None if it was never rendered."""
        db = self.connection()
        row = db.execute(
            "SELECT id, status, headers, etag, stale_since IS NOT NULL, expires FROM leaf WHERE path = ?", (path,)
        ).fetchone()
        if row is None:
            return None
        bodies = dict(db.execute("SELECT coding, body FROM variant WHERE leaf = ?", (row[0],)))
        if "identity" not in bodies:  # replaced between the two reads
            return None
        headers = tuple((name, value) for name, value in json.loads(row[2]))
        return Leaf(
            path=path, status=row[1], headers=headers, etag=row[3], bodies=bodies, stale=bool(row[4]), expires=row[5]
        )

    def status(self, path: str) -> Status | None:
        """What is known of a leaf."""
        return next(self._statuses("WHERE path = ?", (path,)), None)

    def statuses(self, limit: int = 1000) -> list[Status]:
        """What is known of the leaves, stale ones first."""
        return list(self._statuses("ORDER BY stale_since IS NULL, path LIMIT ?", (limit,)))

    def counts(self) -> dict[str, int]:
        """Leaves in all, stale, failing; dependencies; bytes of the bodies."""
        total, stale, failing = (
            self.connection()
            .execute("SELECT count(*), count(stale_since), coalesce(sum(error <> ''), 0) FROM leaf")
            .fetchone()
        )
        dependencies = self.connection().execute("SELECT count(*) FROM dependency").fetchone()[0]
        size = self.connection().execute("SELECT coalesce(sum(length(body)), 0) FROM variant").fetchone()[0]
        return {"leaves": total, "stale": stale, "failing": failing, "dependencies": dependencies, "bytes": size}

    def dependencies(self, path: str) -> frozenset[Dependency]:
        """What a leaf shows."""
        rows = self.connection().execute(
            "SELECT key, oldest, newest FROM dependency WHERE leaf = (SELECT id FROM leaf WHERE path = ?)", (path,)
        )
        return frozenset(
            Dependency(key=key, oldest=_moment(oldest), newest=_moment(newest)) for key, oldest, newest in rows
        )

    def stale_hot(self, limit: int) -> list[str]:
        """Addresses of hot leaves that wait to be rendered anew."""
        now = time.time()
        rows = self.connection().execute(
            "SELECT path FROM leaf WHERE hot AND retry_at <= ? AND (stale_since IS NOT NULL OR expires <= ?)"
            " ORDER BY path LIMIT ?",
            (now, now, limit),
        )
        return [path for (path,) in rows]

    def generation(self) -> int:
        """Counts the purges this edition has followed; a rendering notes it at its start."""
        return int(self.state("generation") or 0)

    def state(self, name: str) -> str | None:
        """A value the edition keeps about itself."""
        row = self.connection().execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    # Writing

    def put(self, leaf: Leaf, dependencies: Iterable[Dependency], *, began: int, hot: bool, render_ms: float) -> Leaf:
        """Keep a rendered leaf; stale from the start if one of its keys was purged since generation ``began``."""
        wanted = {(d.key, _micros(d.oldest, OPEN_OLDEST), _micros(d.newest, OPEN_NEWEST)) for d in dependencies}
        with self._write() as db:
            overtaken = _purged_since(db, began, wanted)
            stale_since = time.time() if overtaken else None
            (number,) = db.execute(
                "INSERT INTO leaf"
                " (path, status, headers, etag, hot, rendered_at, render_ms, stale_since, stale_key, expires)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (path) DO UPDATE SET status = excluded.status, headers = excluded.headers,"
                " etag = excluded.etag, hot = excluded.hot, rendered_at = excluded.rendered_at,"
                " render_ms = excluded.render_ms, stale_since = excluded.stale_since, stale_key = excluded.stale_key,"
                " expires = excluded.expires, renders = renders + 1, error = '', retry_at = 0 RETURNING id",
                (
                    leaf.path, leaf.status, json.dumps(leaf.headers), leaf.etag, hot, time.time(), render_ms,
                    stale_since, overtaken or "", leaf.expires,
                ),
            ).fetchone()  # fmt: skip
            db.execute("DELETE FROM variant WHERE leaf = ?", (number,))
            db.executemany("INSERT INTO variant VALUES (?, ?, ?)", [(number, c, b) for c, b in leaf.bodies.items()])
            db.execute("DELETE FROM dependency WHERE leaf = ?", (number,))
            db.executemany("INSERT INTO dependency VALUES (?, ?, ?, ?)", [(k, number, o, n) for k, o, n in wanted])
        return leaf

    def drop(self, path: str) -> None:
        """Forget a leaf: its address no longer leads to a page."""
        with self._write() as db:
            db.execute("DELETE FROM leaf WHERE path = ?", (path,))

    def failed(self, path: str, error: str, retry_at: float) -> None:
        """Note that a leaf could not be rendered; it goes on being served, and is tried again later."""
        with self._write() as db:
            db.execute("UPDATE leaf SET error = ?, retry_at = ? WHERE path = ?", (error[:500], retry_at, path))

    def may_retry(self, path: str) -> bool:
        """Whether enough time has passed since a leaf's last failed rendering."""
        row = self.connection().execute("SELECT retry_at FROM leaf WHERE path = ?", (path,)).fetchone()
        return row is None or row[0] <= time.time()

    def apply(self, part: LogPart, known: int | None) -> int:
        """Make stale what a part of the purge log touches, and move the cursor; all of it or nothing.

        Args:
            part: rows of the log and the cursor behind them.
            known: the cursor they were read from; if another process moved it meanwhile, applying again is harmless.
        Returns:
            How many leaves became stale.
        """
        with self._write() as db:
            touched = sum(_purge(db, row) for row in part.rows)
            if part.rows:
                db.execute("DELETE FROM purged WHERE made_at < ?", (time.time() - KEEP_PURGED_SECONDS,))
            _set_state(db, "cursor", str(part.cursor))
        return touched

    def purge_all(self, reason: str) -> int:
        """Make every leaf stale: the log no longer reaches back to this edition's cursor."""
        with self._write() as db:
            _next_generation(db)
            return db.execute(
                "UPDATE leaf SET stale_since = ?, stale_key = ? WHERE stale_since IS NULL", (time.time(), reason)
            ).rowcount

    def set_state(self, name: str, value: str) -> None:
        """Keep a value about the edition itself."""
        with self._write() as db:
            _set_state(db, name, value)

    # Single flight across processes

    def claim(self, path: str, owner: str, seconds: float) -> bool:
        """Become the one that renders an address, for at most ``seconds``. False if another one is."""
        now = time.time()
        with self._write() as db:
            return bool(
                db.execute(
                    "INSERT INTO claim VALUES (?, ?, ?) ON CONFLICT (path) DO UPDATE SET owner = excluded.owner,"
                    " until = excluded.until WHERE claim.until < ? OR claim.owner = excluded.owner",
                    (path, owner, now + seconds, now),
                ).rowcount
            )

    def release(self, path: str, owner: str) -> None:
        """Stop being the one that renders an address."""
        with self._write() as db:
            db.execute("DELETE FROM claim WHERE path = ? AND owner = ?", (path, owner))

    def is_claimed(self, path: str) -> bool:
        """Whether somebody is rendering an address."""
        row = self.connection().execute("SELECT until FROM claim WHERE path = ?", (path,)).fetchone()
        return row is not None and row[0] >= time.time()

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self.path, isolation_level=None, timeout=5, check_same_thread=False)
        db.executescript(schema.START)
        db.execute("PRAGMA foreign_keys = ON")
        if db.execute("PRAGMA user_version").fetchone()[0] != schema.VERSION:
            db.executescript(schema.TABLES)
            db.execute(f"PRAGMA user_version = {schema.VERSION}")
        self._local.opened = (db, self.path.stat().st_ino)
        return db

    @contextmanager
    def _write(self) -> Iterator[sqlite3.Connection]:
        db = self.connection()
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")
        self._local.writes = getattr(self._local, "writes", 0) + 1

    def _statuses(self, where: str, values: tuple[object, ...]) -> Iterator[Status]:
        columns = "id, path, status, etag, rendered_at, render_ms, renders, stale_since, stale_key, expires, error"
        query = f"SELECT {columns} FROM leaf {where}"  # noqa: S608 (the clause is ours, its values are bound)
        for number, path, status, etag, rendered, ms, renders, since, key, expires, error in list(
            self.connection().execute(query, values)
        ):
            sizes = dict(
                self.connection().execute("SELECT coding, length(body) FROM variant WHERE leaf = ?", (number,))
            )
            yield Status(
                path=path, status=status, etag=etag, rendered_at=rendered, render_ms=ms, renders=renders,
                stale_since=since, stale_key=key, expires=expires, error=error, sizes=sizes,
            )  # fmt: skip


def _purge(db: sqlite3.Connection, row: PurgeRow) -> int:
    oldest = _micros(row.at, OPEN_OLDEST)
    newest = _micros(row.at, OPEN_NEWEST)
    now = time.time()
    db.execute("INSERT INTO purged VALUES (?, ?, ?, ?, ?)", (_next_generation(db), row.key, oldest, newest, now))
    return db.execute(
        "UPDATE leaf SET stale_since = ?, stale_key = ? WHERE stale_since IS NULL AND id IN"
        " (SELECT leaf FROM dependency WHERE key IN (?, ?) AND oldest <= ? AND newest >= ?)",
        (now, row.key, row.key, UNNAMED, newest, oldest),
    ).rowcount


def _purged_since(db: sqlite3.Connection, began: int, wanted: set[tuple[str, int, int]]) -> str | None:
    for key, oldest, newest in wanted:
        found = db.execute(
            "SELECT key FROM purged WHERE generation > ? AND (key = ? OR ? = ?) AND oldest <= ? AND newest >= ?",
            (began, key, key, UNNAMED, newest, oldest),
        ).fetchone()
        if found:
            return str(found[0])
    return None


def _next_generation(db: sqlite3.Connection) -> int:
    row = db.execute("SELECT value FROM state WHERE name = 'generation'").fetchone()
    following = int(row[0]) + 1 if row else 1
    _set_state(db, "generation", str(following))
    return following


def _set_state(db: sqlite3.Connection, name: str, value: str) -> None:
    db.execute("INSERT INTO state VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value))


def _micros(moment: datetime | None, open_end: int) -> int:
    return open_end if moment is None else int(moment.timestamp() * 1_000_000)


def _moment(micros: int) -> datetime | None:
    return None if micros in (OPEN_OLDEST, OPEN_NEWEST) else datetime.fromtimestamp(micros / 1_000_000, UTC)
