"""Learning that the purge log has grown, cheaply enough to ask at every request.

SQLite: the WAL-index tells that somebody has committed to the main database. PostgreSQL: a thread
listens for the notification that every purge sends at commit.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from broadsheet.press import follow, purge_log
from broadsheet.press.wal_index import WalIndex

logger = logging.getLogger("broadsheet.press")

LOOK_SECONDS = 1.0
"""How often it is looked whether the database's file is still the same."""
PAUSE_SECONDS = 2.0
"""Between attempts to reach a main database that does not answer."""


class ChangeWatch:
    """Follows the purge log when there is something to follow."""

    def __init__(self) -> None:
        self._on_sqlite = connection.vendor == "sqlite"
        self._local = threading.local()
        self._pending = threading.Event()
        self._pending.set()
        self._retry_at = 0.0
        self._look_at = 0.0
        self._index: WalIndex | None = None
        self._followed: object = None
        self._following = threading.Lock()
        self._listener: threading.Thread | None = None

    def follow(self) -> None:
        """Apply new purges, if there are any. Never raises: what cannot be followed now is followed later."""
        if self._on_sqlite:
            stamp = self._sqlite_stamp()
            if stamp != self._followed and time.monotonic() >= self._retry_at:
                self._follow(stamp)
            return
        if self._listener is None:
            self._listen()
        if self._pending.is_set() and time.monotonic() >= self._retry_at:
            self._follow(None)

    def _follow(self, stamp: object) -> None:
        # Others wait here until what was committed before their request is followed.
        with self._following:
            if stamp is not None and stamp == self._followed:
                return
            self._pending.clear()
            try:
                follow.follow()
                self._followed = stamp
            except Exception:
                # Whatever is wrong with the main database, readers are served from the edition.
                logger.warning("The main database does not answer; pages are served as last printed.", exc_info=True)
                self._pending.set()
                self._retry_at = time.monotonic() + PAUSE_SECONDS

    def _sqlite_stamp(self) -> object:
        """What is another after every commit to the main database; None when it cannot be told."""
        now = time.monotonic()
        if now >= self._look_at:
            self._look_at = now + LOOK_SECONDS
            self._hold_open()
        return (self._index.stamp() if self._index else None) or (threading.get_ident(), self._asked_sqlite())

    def _hold_open(self) -> None:
        """Keep a connection of our own, so that the WAL-index goes on being the one that others write to."""
        try:
            self._sqlite().execute("SELECT 1 FROM sqlite_master").fetchone()
            self._index = self._index or WalIndex(Path(settings.DATABASES["default"]["NAME"]))
            self._index.look_again()
        except sqlite3.Error:
            self._index = None

    def _asked_sqlite(self) -> int:
        try:
            return int(self._sqlite().execute("PRAGMA data_version").fetchone()[0])
        except sqlite3.Error:
            return 0

    def _sqlite(self) -> sqlite3.Connection:
        db: sqlite3.Connection | None = getattr(self._local, "db", None)
        if db is None:
            name = str(settings.DATABASES["default"]["NAME"])
            self._local.db = db = sqlite3.connect(
                f"file:{quote(name)}?mode=ro", uri=True, timeout=0.2, isolation_level=None
            )
        return db

    def _listen(self) -> None:
        self._listener = threading.Thread(target=self._listen_forever, name="purge-listener", daemon=True)
        self._listener.start()

    def _listen_forever(self) -> None:
        while True:
            try:
                self._listen_once()
            except Exception:
                logger.warning("Listening for purges was interrupted; trying again.", exc_info=True)
            self._pending.set()
            time.sleep(PAUSE_SECONDS)

    def _listen_once(self) -> None:
        import psycopg

        parameters: dict[str, Any] = connection.get_connection_params()
        wanted = {key: parameters[key] for key in ("host", "port", "user", "password", "dbname") if parameters.get(key)}
        with psycopg.connect(**wanted, autocommit=True) as db:
            db.execute(f"LISTEN {purge_log.CHANNEL}")
            self._pending.set()
            for _ in db.notifies():
                self._pending.set()
