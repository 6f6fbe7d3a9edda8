"""Learning that the purge log has grown, cheaply enough to ask at every request.

SQLite: ``PRAGMA data_version`` tells that another connection has committed to the main database. PostgreSQL: a thread
listens for the notification that every purge sends at commit.
"""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from broadsheet.press import follow, purge_log

logger = logging.getLogger("broadsheet.press")

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
        self._following = threading.Lock()
        self._listener: threading.Thread | None = None

    def follow(self) -> None:
        """Apply new purges, if there are any. Never raises: what cannot be followed now is followed later."""
        if self._has_changed() and time.monotonic() >= self._retry_at:
            self._follow()

    def _has_changed(self) -> bool:
        if self._on_sqlite:
            return self._sqlite_changed()
        if self._listener is None:
            self._listen()
        return self._pending.is_set()

    def _follow(self) -> None:
        with self._following:
            self._pending.clear()
            try:
                follow.follow()
            except Exception:
                # Whatever is wrong with the main database, readers are served from the edition.
                logger.warning("The main database does not answer; pages are served as last printed.", exc_info=True)
                self._pending.set()
                self._local.version = None
                self._retry_at = time.monotonic() + PAUSE_SECONDS

    def _sqlite_changed(self) -> bool:
        try:
            db = self._sqlite()
            version = db.execute("PRAGMA data_version").fetchone()[0]
        except sqlite3.Error:
            return False
        if version == getattr(self._local, "version", None):
            return False
        self._local.version = version
        return True

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
