"""What lies in the tree, so that a second run writes only what has changed. In the tree itself, as SQLite."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

from broadsheet.press.export.names import OWN

TABLES = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS page (path TEXT PRIMARY KEY, etag TEXT NOT NULL, codings TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS asset (path TEXT PRIMARY KEY);
CREATE TABLE IF NOT EXISTS state (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""

Headers = tuple[tuple[str, str], ...]


class Manifest:
    """The list of a tree's files. For one process at a time."""

    def __init__(self, folder: Path) -> None:
        own = folder / OWN
        own.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(own / "manifest.sqlite3", isolation_level=None, timeout=10, check_same_thread=False)
        self._db.executescript(TABLES)

    def page(self, path: str) -> tuple[str, list[str]] | None:
        """A page's entity tag and the codings it lies there in."""
        row = self._db.execute("SELECT etag, codings FROM page WHERE path = ?", (path,)).fetchone()
        return (row[0], row[1].split()) if row else None

    def pages(self) -> set[str]:
        """The addresses of all pages."""
        return {path for (path,) in self._db.execute("SELECT path FROM page")}

    def add_page(self, path: str, etag: str, codings: list[str]) -> None:
        """Note a page as written."""
        self._db.execute("INSERT OR REPLACE INTO page VALUES (?, ?, ?)", (path, etag, " ".join(codings)))

    def drop_page(self, path: str) -> None:
        """Note a page as removed."""
        self._db.execute("DELETE FROM page WHERE path = ?", (path,))

    def assets(self) -> set[str]:
        """The addresses of all other files."""
        return {path for (path,) in self._db.execute("SELECT path FROM asset")}

    def has_asset(self, path: str) -> bool:
        """Whether a file is there."""
        return self._db.execute("SELECT 1 FROM asset WHERE path = ?", (path,)).fetchone() is not None

    def add_asset(self, path: str) -> None:
        """Note a file as there."""
        self._db.execute("INSERT OR IGNORE INTO asset VALUES (?)", (path,))

    def drop_asset(self, path: str) -> None:
        """Note a file as removed."""
        self._db.execute("DELETE FROM asset WHERE path = ?", (path,))

    def state(self, name: str) -> str:
        """A value about the tree; empty if it was never set."""
        row = self._db.execute("SELECT value FROM state WHERE name = ?", (name,)).fetchone()
        return row[0] if row else ""

    def set_state(self, name: str, value: str) -> None:
        """Keep a value about the tree."""
        self._db.execute("INSERT OR REPLACE INTO state VALUES (?, ?)", (name, value))

    @property
    def headers(self) -> Headers | None:
        """The headers that the server's configuration gives every page; None before there is one."""
        kept = self.state("headers")
        return tuple((name, value) for name, value in json.loads(kept)) if kept else None

    @headers.setter
    def headers(self, headers: Headers) -> None:
        self.set_state("headers", json.dumps(headers))

    def close(self) -> None:
        """Be done with it."""
        self._db.close()
