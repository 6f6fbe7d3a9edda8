"""The clerk: a thread of each web process that counts, each second, what has come into the spool."""

from __future__ import annotations

import logging
import threading
import time
from pathlib import Path

from django.conf import settings
from django.db import DatabaseError, InterfaceError, close_old_connections

from broadsheet.press.alarm import Alarm
from broadsheet.press.mains import the_mains
from broadsheet.readers.reading import actions, spool
from broadsheet.readers.reading.salts import Salts
from broadsheet.readers.reading.spool import Spool

logger = logging.getLogger("broadsheet.reading")

EVERY_SECONDS = 1.0
INHERIT_SECONDS = 10.0
"""How often it is looked whether another process has died and left something."""


class Clerk:
    """Keeps the spool of this process, and counts it."""

    def __init__(self, folder: Path | None = None) -> None:
        self.spool = Spool(folder or Path(settings.READING_SPOOL))
        self.salts = Salts(self.spool.folder)
        self._position = 0
        self._looked_at = float("-inf")
        self._stop = threading.Event()
        self._alarm = Alarm("Views cannot be counted; they wait on the disk", "Views are counted again")

    def start(self) -> Clerk:
        """Count from now on, in a thread."""
        threading.Thread(target=self._keep_on, name="reading-clerk", daemon=True).start()
        return self

    def stop(self) -> None:
        """Count no more. What is in the spool is counted by another, or after the next start."""
        self._stop.set()

    def work(self) -> None:
        """Count everything that has come, and what dead processes have left.

        Raises:
            DatabaseError: not now; nothing is lost.
        """
        self.salts.refresh()
        if self._position < self.spool.size:
            self._position = self._count(self.spool.path, self._position)
            if removed := self.spool.rotate(self._position):
                self._position = 0
                actions.forget(removed)
        if time.monotonic() - self._looked_at > INHERIT_SECONDS:
            self._inherit()
            self._looked_at = time.monotonic()

    def _count(self, path: Path, position: int) -> int:
        while True:
            data = spool.part(path, position)
            if not data:
                return position
            position = actions.count(path.name, position, data)

    def _inherit(self) -> None:
        for path in spool.others(self.spool.folder, self.spool.path):
            with spool.taken_over(path) as is_ours:
                if is_ours:
                    self._count(path, actions.position_of(path.name))
                    path.unlink()
                    actions.forget(path.name)

    def _keep_on(self) -> None:
        while not self._stop.wait(EVERY_SECONDS):
            if not the_mains().may_be_asked():
                continue
            close_old_connections()
            try:
                self.work()
                self._alarm.end()
            except (DatabaseError, InterfaceError, OSError) as error:
                self._alarm.sound(error)
            except Exception:
                logger.exception("Counting views stumbled; it goes on.")
            if self.spool.refused:
                logger.error("%s views are lost: the spool is full or the disk is.", self.spool.refused)
                self.spool.refused = 0
