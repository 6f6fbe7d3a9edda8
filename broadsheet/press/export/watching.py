"""Keeping a tree in line with the edition while it changes.

A page's files are removed as soon as its leaf is stale, and written again when it has been printed; in between the
server asks the application. So the tree is as exact as the front, but for the lag of a look. Whenever the tree cannot
be vouched for (at the start, after an error, at the end, while readers are rolled back), the switch has the server ask
the application for everything.
"""

from __future__ import annotations

import logging
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable

from django.db import DatabaseError, close_old_connections

from broadsheet.press.alarm import Alarm
from broadsheet.press.changes import ChangeWatch
from broadsheet.press.edition import Edition
from broadsheet.press.export.exporter import Done, Exporter
from broadsheet.press.history import open_history

logger = logging.getLogger("broadsheet.press")

LOOK_SECONDS = 0.2
PAUSE_SECONDS = 5.0

CHANGES = """
CREATE TABLE IF NOT EXISTS changed (n INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT NOT NULL UNIQUE);
CREATE TRIGGER IF NOT EXISTS changed_new AFTER INSERT ON leaf
BEGIN DELETE FROM changed WHERE path = NEW.path; INSERT INTO changed (path) VALUES (NEW.path); END;
CREATE TRIGGER IF NOT EXISTS changed_gone AFTER DELETE ON leaf
BEGIN DELETE FROM changed WHERE path = OLD.path; INSERT INTO changed (path) VALUES (OLD.path); END;
CREATE TRIGGER IF NOT EXISTS changed_look AFTER UPDATE ON leaf
WHEN NEW.etag IS NOT OLD.etag OR NEW.stale_since IS NOT OLD.stale_since OR NEW.headers IS NOT OLD.headers
BEGIN DELETE FROM changed WHERE path = NEW.path; INSERT INTO changed (path) VALUES (NEW.path); END;
"""
"""Each address once, numbered anew whenever its leaf changes: any number of watchers read on from where they were."""
MARK = "watched"


class Watcher:
    """Keeps one tree up to date, look by look."""

    def __init__(self, exporter: Exporter, *, media: bool = False, tell: Callable[[Done], None] | None = None) -> None:
        self.exporter = exporter
        self.edition = exporter.edition
        self._media = media
        self._tell = tell
        self._changes = ChangeWatch()
        self._mark = ""
        self._cursor = 0
        self.trouble = Alarm(
            f"{exporter.tree.folder} cannot be kept up to date; the application answers until it can",
            f"{exporter.tree.folder} is kept up to date again",
        )

    def keep(self, stop: threading.Event) -> None:
        """Look until told to stop."""
        try:
            while not stop.is_set():
                try:
                    self.look()
                    pause = LOOK_SECONDS
                    self.trouble.end()
                except (sqlite3.Error, DatabaseError, OSError) as error:
                    self.trouble.sound(error)
                    self._leave_to_the_application()
                    self._mark, pause = "", PAUSE_SECONDS
                close_old_connections()
                stop.wait(pause)
        finally:
            self._leave_to_the_application()

    def _leave_to_the_application(self) -> None:
        try:
            self.exporter.tree.switch(on=False)
        except OSError as error:  # read-only: the files are served as they are
            logger.error("%s cannot be switched off; its files may be old: %s", self.exporter.tree.folder, error)

    def look(self) -> Done | None:
        """Do what has become necessary since the last look. Returns what a whole run came to, if there was one."""
        self._changes.follow()
        done = None
        if not self._mark or self.edition.state(MARK) != self._mark:
            self.exporter.tree.switch(on=False)
            self._mark, self._cursor = begin(self.edition)
            done = self.exporter.run(media=self._media)
            if self._tell:
                self._tell(done)
        self._sync()
        rolled_back = open_history().pin() is not None
        if rolled_back == self.exporter.tree.is_on():
            self.exporter.tree.switch(on=not rolled_back)
        return done

    def _sync(self) -> None:
        db = self.edition.connection()
        rows = db.execute("SELECT n, path FROM changed WHERE n > ? ORDER BY n", (self._cursor,)).fetchall()
        expired = db.execute("SELECT path FROM leaf WHERE expires <= ?", (time.time(),)).fetchall()
        for path in dict.fromkeys([*(path for _, path in rows), *(path for (path,) in expired)]):
            self.exporter.sync(path)
        if rows:
            self._cursor = rows[-1][0]


def begin(edition: Edition) -> tuple[str, int]:
    """Have an edition number its changes. Returns the edition's mark, which another one will not have, and the last
    number."""
    db = edition.connection()
    mark = edition.state(MARK)
    triggers = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'changed_%'"
    (made,) = db.execute(triggers).fetchone()
    if not mark or made != 3:
        db.executescript(CHANGES)
        mark = secrets.token_hex(8)
        edition.set_state(MARK, mark)
    (last,) = db.execute("SELECT coalesce(max(n), 0) FROM changed").fetchone()
    return mark, last
