"""What the history knows beside versions: named moments, and the moment readers are shown while rolled back."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict

from broadsheet.press.edition.file import EditionFile
from broadsheet.press.errors import NameTaken
from broadsheet.press.history.values import Micros, Pin, Snapshot


class Marks(EditionFile):
    """Snapshots and the pin."""

    def since(self) -> Micros:
        """From this moment on the history is whole."""
        return int(self.state("since") or 0)

    def snapshots(self) -> list[Snapshot]:
        """All snapshots, newest first."""
        rows = self.connection().execute("SELECT name, at, who, why FROM snapshot ORDER BY at DESC")
        return [Snapshot(name=name, at=at, who=who, why=why) for name, at, who, why in rows]

    def add_snapshot(self, name: str, at: Micros, who: str, why: str) -> Snapshot:
        """Give a moment a name. It is moved behind the last version, should the clock have been set back.

        Raises:
            NameTaken: there is one of that name.
        """
        with self._synced() as db:
            (latest,) = db.execute("SELECT coalesce(max(at), 0) FROM version").fetchone()
            moment = max(at, latest)
            if not db.execute("INSERT OR IGNORE INTO snapshot VALUES (?, ?, ?, ?)", (name, moment, who, why)).rowcount:
                raise NameTaken(name=name)
        return Snapshot(name=name, at=moment, who=who, why=why)

    def drop_snapshot(self, name: str) -> bool:
        """Forget a snapshot; the next pruning removes what only it kept. Returns whether there was one."""
        with self.writing() as db:
            return bool(db.execute("DELETE FROM snapshot WHERE name = ?", (name,)).rowcount)

    def pin(self) -> Pin | None:
        """The moment readers are shown; None when they see the newest."""
        kept = self.state("pin")
        return Pin(**json.loads(kept)) if kept else None

    def pin_row(self) -> int:
        """Number of the purge log's row that was followed last for the pin."""
        return int(self.state("pin_row") or 0)

    def set_pin(self, pin: Pin | None, row: int | None = None) -> None:
        """Show readers a moment, or the newest again.

        Args:
            pin: the moment; None for the newest.
            row: the row of the purge log that says so; None when it is this machine's own word.
        """
        with self._synced() as db:
            _put(db, "pin", json.dumps(asdict(pin)) if pin else "")
            if row is not None:
                _put(db, "pin_row", str(row))

    @contextmanager
    def _synced(self) -> Iterator[sqlite3.Connection]:
        """A transaction that a power cut cannot take back."""
        self.connection().execute("PRAGMA synchronous = FULL")
        try:
            with self.writing() as db:
                yield db
        finally:
            self.connection().execute("PRAGMA synchronous = NORMAL")


def _put(db: sqlite3.Connection, name: str, value: str) -> None:
    db.execute("INSERT INTO state VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value", (name, value))
