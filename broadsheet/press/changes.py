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
from typing import Any, Protocol
from urllib.parse import quote

from django.conf import settings
from django.db import connection

from broadsheet.press import follow, purge_log
from broadsheet.press.mains.answering import PAUSE_SECONDS, the_mains
from broadsheet.press.wal_index import WalIndex

logger = logging.getLogger("broadsheet.press")

LOOK_SECONDS = 1.0
"""How often it is looked whether the database's file is still the same."""
SILENCE_SECONDS = 5.0
"""After so long without a notification the log is read all the same: the line may be dead."""
RENEW_SECONDS = 60.0
"""How long one connection is listened on."""
LINE = (
    "connect_timeout", "keepalives", "keepalives_idle", "keepalives_interval", "keepalives_count", "tcp_user_timeout",
)  # fmt: skip
"""What libpq is told about the line itself."""


class Waits(Protocol):
    """Somebody who follows in a thread of their own."""

    def wait(self) -> None:
        """Return once what is committed now has been followed, or if that takes too long."""


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
        self._stopped = threading.Event()
        self._waits: Waits | None = None

    def wait_for(self, follower: Waits) -> None:
        """Have somebody follow in a thread of their own from now on; requests wait for them only a moment."""
        self._waits = follower

    def follow(self) -> None:
        """Apply new purges, if there are any. Never raises: what cannot be followed now is followed later."""
        stamp = None
        if self._on_sqlite:
            stamp = self._sqlite_stamp()
            if stamp == self._followed:
                return
        else:
            if self._listener is None:
                self._listen()
            if not self._pending.is_set():
                return
        if self._waits is not None:
            self._waits.wait()
        elif time.monotonic() >= self._retry_at:
            self._follow(stamp)

    def follow_now(self) -> bool:
        """Read the log, whether or not it is known to have grown. Returns whether that was possible; never raises."""
        return self._follow(self._sqlite_stamp() if self._on_sqlite else None)

    def _follow(self, stamp: object) -> bool:
        # Others wait here until what was committed before their request is followed.
        with self._following:
            if stamp is not None and stamp == self._followed and self._waits is None:
                return True
            self._pending.clear()
            try:
                follow.follow()
                self._followed = stamp
                the_mains().answered()
            except sqlite3.Error:
                return self._later()  # the edition has sounded its own alarm
            except Exception as error:
                # Whatever is wrong with the main database, readers are served from the edition.
                the_mains().failed(error)
                return self._later()
            return True

    def _later(self) -> bool:
        self._pending.set()
        self._retry_at = time.monotonic() + PAUSE_SECONDS
        return False

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

    def stop(self) -> None:
        """End listening: within a second, nobody is told of anything any more."""
        self._stopped.set()

    def _listen_forever(self) -> None:
        while not self._stopped.is_set():
            try:
                self._listen_once()
            except Exception as error:
                logger.debug("Listening for purges was interrupted: %s", error)
                self._pending.set()
                time.sleep(PAUSE_SECONDS)

    def _listen_once(self) -> None:
        import psycopg

        parameters: dict[str, Any] = connection.get_connection_params()
        names = ("host", "port", "user", "password", "dbname", *LINE)
        wanted = {key: parameters[key] for key in names if parameters.get(key)}
        with psycopg.connect(**wanted, autocommit=True) as db:
            db.execute(f"LISTEN {purge_log.CHANNEL}")
            renew_at = time.monotonic() + RENEW_SECONDS
            look_at = 0.0
            while time.monotonic() < renew_at and not self._stopped.is_set():
                if time.monotonic() >= look_at:
                    self._pending.set()
                    look_at = time.monotonic() + SILENCE_SECONDS
                for _ in db.notifies(timeout=LOOK_SECONDS):
                    self._pending.set()
