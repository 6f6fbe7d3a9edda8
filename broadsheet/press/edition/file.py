"""The edition's file and the connections to it: one a thread, opened anew when the file has been replaced."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from broadsheet.press.edition import schema
from broadsheet.press.wal_index import WalIndex

Mark = tuple[int | bytes, int, int]
"""A version of the edition: equal marks mean that nothing was written in between."""

LOOK_SECONDS = 1.0
"""How often a thread looks whether its file is still the one at the edition's path."""


class _OfThread(threading.local):
    db: sqlite3.Connection | None = None
    inode = 0
    opened = 0
    writes = 0
    look_at = 0.0


class EditionFile:
    """A SQLite file that may be deleted at any time. Reading takes no lock of Python's or of the writers (WAL)."""

    VERSION = schema.VERSION
    START = schema.START
    TABLES = schema.TABLES
    DROP = schema.DROP

    def __init__(self, path: Path) -> None:
        self.path = path
        self._mine = _OfThread()
        self._index = WalIndex(path)

    def connection(self) -> sqlite3.Connection:
        """This thread's connection; opened, and the file made, on first use or after the file was removed."""
        mine = self._mine
        now = time.monotonic()
        if mine.db is None or (now >= mine.look_at and self._was_replaced()):
            return self._open()
        if now >= mine.look_at:
            mine.look_at = now + LOOK_SECONDS
            self._index.look_again()
        return mine.db

    def version(self) -> Mark:
        """Changes whenever the edition has been written to, by another connection or by this one, or replaced."""
        db = self.connection()
        stamp = self._index.stamp()
        if stamp is not None:
            return stamp, 0, self._mine.opened
        theirs = db.execute("PRAGMA data_version").fetchone()[0]
        return theirs, self._mine.writes, self._mine.opened

    def state(self, name: str) -> str | None:
        """A value the edition keeps about itself."""
        row = self.connection().execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """A transaction that writes; waits for other writers, undoes everything on an error."""
        db = self.connection()
        db.execute("BEGIN IMMEDIATE")
        try:
            yield db
        except BaseException:
            db.execute("ROLLBACK")
            raise
        db.execute("COMMIT")
        self._mine.writes += 1

    def _was_replaced(self) -> bool:
        try:
            return self.path.stat().st_ino != self._mine.inode
        except FileNotFoundError:
            return True

    def _make_tables(self, db: sqlite3.Connection) -> None:
        db.execute("BEGIN IMMEDIATE")  # one process makes them, the others find them made
        if db.execute("PRAGMA user_version").fetchone()[0] != self.VERSION:
            for statement in (self.DROP + self.TABLES).split(";"):
                db.execute(statement)
            db.execute(f"PRAGMA user_version = {self.VERSION}")
        db.execute("COMMIT")

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self.path, isolation_level=None, timeout=5, check_same_thread=False)
        db.executescript(self.START)
        db.execute("PRAGMA foreign_keys = ON")
        if db.execute("PRAGMA user_version").fetchone()[0] != self.VERSION:
            self._make_tables(db)
        mine = self._mine
        mine.db, mine.inode, mine.opened = db, self.path.stat().st_ino, mine.opened + 1
        mine.look_at = time.monotonic() + LOOK_SECONDS
        db.execute("SELECT 1 FROM sqlite_master").fetchone()  # the first reading brings the WAL-index into being
        self._index.look_again()
        return db
