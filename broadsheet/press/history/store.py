"""The history's file: keeping versions and finding them again."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

from django.conf import settings

from broadsheet.press.edition import Leaf
from broadsheet.press.edition.leaf import make_leaf
from broadsheet.press.history import bodies, schema
from broadsheet.press.history.comparison import Comparison
from broadsheet.press.history.decide import Verdict, shown
from broadsheet.press.history.marks import Marks
from broadsheet.press.history.values import Micros, Version

FILE_NAME = "history.sqlite3"
COLUMNS = "SELECT a.path, v.at, v.status, v.etag, a.born FROM version v JOIN address a ON a.id = v.address"
GONE = 404


def open_history() -> History:
    """The history of this site (one object a process), beside its edition."""
    return _history(str(Path(settings.EDITION_PATH).with_name(FILE_NAME)))


@cache
def _history(path: str) -> History:
    return History(Path(path))


@dataclass(frozen=True, kw_only=True)
class _Last:
    """What an address showed last."""

    at: Micros
    """Since when."""
    body: int | None
    """Number of its body; None if it was gone."""
    look: tuple[int, str | None, bytes | None]
    """Status, headers, and the body's name."""


class History(Comparison, Marks):
    """What every address has shown. A version is added only when status, headers or body changed."""

    VERSION, START, TABLES, DROP = schema.VERSION, schema.START, schema.TABLES, ""

    def keep(self, leaf: Leaf, *, born: Micros | None = None, at: Micros | None = None) -> bool:
        """Add a version if the leaf differs from the address's last one.

        Args:
            leaf: as printed.
            born: when what stands there was first published, if that is known.
            at: when it was printed; now when None.
        Returns:
            Whether it differed.
        """
        body, headers = bodies.plain(leaf), json.dumps(leaf.headers)
        last = self._last(leaf.path)
        if last and last.look == (leaf.status, headers, bodies.digest(body)):
            return False
        with self.writing() as db:
            last = self._last(leaf.path)  # the file may have been written to since, or be another one
            moment = max(at or _now(), last.at + 1 if last else 0)
            (address,) = db.execute(
                "INSERT INTO address (path, born) VALUES (?, ?)"
                " ON CONFLICT (path) DO UPDATE SET born = coalesce(excluded.born, born) RETURNING id",
                (leaf.path, born),
            ).fetchone()
            number = bodies.keep(db, body, last.body if last else None)
            db.execute("INSERT OR IGNORE INTO head (headers) VALUES (?)", (headers,))
            db.execute(
                "INSERT INTO version VALUES (?, ?, ?, ?, (SELECT id FROM head WHERE headers = ?), ?)",
                (address, moment, leaf.status, leaf.etag, headers, number),
            )
        return True

    def gone(self, path: str) -> bool:
        """Note that an address no longer leads to a page. Returns whether it did."""
        last = self.newest(path)
        if last is None or last.gone:
            return False
        with self.writing() as db:
            db.execute(
                "INSERT INTO version SELECT id, ?, ?, '', NULL, NULL FROM address WHERE path = ?",
                (max(_now(), last.at + 1), GONE, path),
            )
        return True

    def newest(self, path: str) -> Version | None:
        """An address's last version."""
        return self._one(path, "", ())

    def versions(self, path: str) -> list[Version]:
        """An address's versions, newest first."""
        rows = self.connection().execute(f"{COLUMNS} WHERE a.path = ? ORDER BY v.at DESC", (path,))
        return [_version(row) for row in rows]

    def at(self, path: str, moment: Micros) -> tuple[Verdict, Version | None]:
        """What an address showed at a moment; the version is that to show when there was a page."""
        before = self._one(path, "AND v.at <= ?", (moment,))
        after = None if before else self._one(path, "AND v.at > ?", (moment,), "ASC")
        return shown(before, after, moment)

    def leaf(self, version: Version) -> Leaf:
        """A version as a leaf that can be served."""
        headers, body = self.content(version)
        return replace(make_leaf(version.path, version.status, headers, body, None), etag=version.etag)

    def content(self, version: Version) -> tuple[tuple[tuple[str, str], ...], bytes]:
        """A version's headers and body."""
        headers, body = self._content(version)
        return headers, bodies.read(self.connection(), body)

    def headers(self, version: Version) -> tuple[tuple[str, str], ...]:
        """A version's headers."""
        return self._content(version)[0]

    def counts(self) -> dict[str, int]:
        """Addresses, versions, bodies, and the bytes of the bodies as kept."""
        db = self.connection()
        addresses = db.execute("SELECT count(*) FROM address").fetchone()[0]
        versions = db.execute("SELECT count(*) FROM version").fetchone()[0]
        kept, size = db.execute("SELECT count(*), coalesce(sum(length(data)), 0) FROM body").fetchone()
        return {"addresses": addresses, "versions": versions, "bodies": kept, "bytes": size}

    def _content(self, version: Version) -> tuple[tuple[tuple[str, str], ...], int]:
        headers, body = (
            self.connection()
            .execute(
                "SELECT headers, body FROM version JOIN head ON head.id = head"
                " WHERE address = (SELECT id FROM address WHERE path = ?) AND at = ?",
                (version.path, version.at),
            )
            .fetchone()
        )
        return tuple((name, value) for name, value in json.loads(headers)), body

    def _last(self, path: str) -> _Last | None:
        row = (
            self.connection()
            .execute(
                "SELECT at, body, status, headers, hash FROM version"
                " LEFT JOIN head ON head.id = head LEFT JOIN body ON body.id = body"
                " WHERE address = (SELECT id FROM address WHERE path = ?) ORDER BY at DESC LIMIT 1",
                (path,),
            )
            .fetchone()
        )
        return _Last(at=row[0], body=row[1], look=row[2:]) if row else None

    def _one(self, path: str, where: str, values: tuple[object, ...], order: str = "DESC") -> Version | None:
        query = f"{COLUMNS} WHERE a.path = ? {where} ORDER BY v.at {order} LIMIT 1"
        row = self.connection().execute(query, (path, *values)).fetchone()
        return _version(row) if row else None


def _version(row: tuple[str, int, int, str, int | None]) -> Version:
    path, at, status, etag, born = row
    return Version(path=path, at=at, status=status, etag=etag, born=born)


def _now() -> Micros:
    return time.time_ns() // 1000
