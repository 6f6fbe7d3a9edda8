"""The edition's file and the connections to it: one a thread, opened anew when the file has been replaced."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from broadsheet.press.alarm import Alarm
from broadsheet.press.edition import schema
from broadsheet.press.wal_index import WalIndex

logger = logging.getLogger("broadsheet.press")

Mark = tuple[int | bytes, int, int]
"""A version of the edition: equal marks mean that nothing was written in between."""

CALM_SECONDS = 3.0
"""A full disk still takes a small write now and then: the trouble is over when none has failed for this long."""
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
        self._mending = threading.RLock()
        self.trouble = Alarm(f"{path} cannot be used; look at the disk", f"{path} can be used again", calm=CALM_SECONDS)
        """Whether it can be written to, and read, as this process has last seen it."""

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
        """A transaction that writes; waits for other writers, undoes everything on an error.

        Raises:
            sqlite3.OperationalError: the disk is full, broken or read-only; the alarm is sounded.
        """
        try:
            db = self.connection()
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:  # a full disk may have ended it already
                    db.execute("ROLLBACK")
                raise
        except sqlite3.OperationalError as error:
            self.trouble.sound(error)
            raise
        self._mine.writes += 1
        self.trouble.end()

    def try_again(self) -> None:
        """Write something if there was trouble, so that it is known to be over as soon as it is.

        Raises:
            sqlite3.OperationalError: it is not.
        """
        if self.trouble.since is not None:
            with self.writing() as db:
                db.execute("DELETE FROM state WHERE name = 'trouble'")
                db.execute("INSERT INTO state VALUES ('trouble', ?)", (str(self.trouble.since),))

    def mend(self, error: sqlite3.Error) -> bool:
        """Put a file that is no sound database out of the way, so that a new one is begun.

        Args:
            error: what SQLite says of it.
        Returns:
            Whether the error was of that kind.
        """
        if not is_broken(error):
            return False
        with self._mending:
            if not self._was_replaced():
                self._set_aside(error)
            self._mine.db = None
        return True

    def _set_aside(self, error: sqlite3.Error) -> None:
        kept = self.path.with_name(f"{self.path.name}.broken")
        logger.error("%s is damaged (%s): it is kept as %s and begun anew.", self.path, error, kept.name)
        with suppress(FileNotFoundError):
            self.path.rename(kept)
        for suffix in ("-wal", "-shm"):
            self.path.with_name(f"{self.path.name}{suffix}").unlink(missing_ok=True)

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
        with self._mending:
            try:
                return self._opened()
            except sqlite3.DatabaseError as error:
                if not is_broken(error):
                    raise
                self._set_aside(error)
                return self._opened()

    def _opened(self) -> sqlite3.Connection:
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


def is_broken(error: sqlite3.Error) -> bool:
    """Whether SQLite says that a file is no sound database; everything else has a class of its own (PEP 249)."""
    return type(error) is sqlite3.DatabaseError
