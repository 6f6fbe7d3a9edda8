"""What the edition knows of its leaves, for those who ask why a page is what it is."""

from __future__ import annotations

import time
from collections.abc import Iterator

from broadsheet.press.edition.file import EditionFile
from broadsheet.press.edition.leaf import Status
from broadsheet.press.edition.purging import OPEN_NEWEST, OPEN_OLDEST, micros, moment
from broadsheet.press.purge_log import PurgeRow
from broadsheet.press.recorder import Dependency
from broadsheet.press.surrogate_keys import UNNAMED


class Inspection(EditionFile):
    """Looking into the edition."""

    def status(self, path: str) -> Status | None:
        """What is known of a leaf."""
        return next(self._statuses("WHERE path = ?", (path,)), None)

    def statuses(self, limit: int = 1000) -> list[Status]:
        """What is known of the leaves, stale ones first."""
        return list(self._statuses("ORDER BY stale_since IS NULL, path LIMIT ?", (limit,)))

    def waiting(self) -> list[str]:
        """Addresses of all leaves that are not what a rendering would give."""
        rows = self.connection().execute(
            "SELECT path FROM leaf WHERE stale_since IS NOT NULL OR expires <= ? ORDER BY path", (time.time(),)
        )
        return [path for (path,) in rows]

    def addresses(self) -> list[str]:
        """All addresses that the edition has a leaf of."""
        return [path for (path,) in self.connection().execute("SELECT path FROM leaf ORDER BY path")]

    def counts(self) -> dict[str, int]:
        """Leaves in all, stale, failing; dependencies; bytes of the bodies."""
        total, stale, failing = (
            self.connection()
            .execute("SELECT count(*), count(stale_since), coalesce(sum(error <> ''), 0) FROM leaf")
            .fetchone()
        )
        dependencies = self.connection().execute("SELECT count(*) FROM dependency").fetchone()[0]
        size = self.connection().execute("SELECT coalesce(sum(length(body)), 0) FROM variant").fetchone()[0]
        return {"leaves": total, "stale": stale, "failing": failing, "dependencies": dependencies, "bytes": size}

    def dependencies(self, path: str) -> frozenset[Dependency]:
        """What a leaf shows."""
        rows = self.connection().execute(
            "SELECT key, oldest, newest FROM dependency WHERE leaf = (SELECT id FROM leaf WHERE path = ?)", (path,)
        )
        return frozenset(
            Dependency(key=key, oldest=moment(oldest), newest=moment(newest)) for key, oldest, newest in rows
        )

    def shown_by(self, row: PurgeRow) -> list[str]:
        """Addresses of the leaves that a row of the purge log touches: fresh ones, and those that are stale already."""
        rows = self.connection().execute(
            "SELECT DISTINCT path FROM dependency JOIN leaf ON leaf.id = dependency.leaf"
            " WHERE key IN (?, ?) AND oldest <= ? AND newest >= ?",
            (row.key, UNNAMED, micros(row.at, OPEN_NEWEST), micros(row.at, OPEN_OLDEST)),
        )
        return [path for (path,) in rows]

    def _statuses(self, where: str, values: tuple[object, ...]) -> Iterator[Status]:
        columns = "id, path, status, etag, rendered_at, render_ms, renders, stale_since, stale_key, expires, error"
        query = f"SELECT {columns} FROM leaf {where}"  # noqa: S608 (the clause is ours, its values are bound)
        for number, path, status, etag, rendered, ms, renders, since, key, expires, error in list(
            self.connection().execute(query, values)
        ):
            sizes = dict(
                self.connection().execute("SELECT coding, length(body) FROM variant WHERE leaf = ?", (number,))
            )
            yield Status(
                path=path, status=status, etag=etag, rendered_at=rendered, render_ms=ms, renders=renders,
                stale_since=since, stale_key=key, expires=expires, error=error, sizes=sizes,
            )  # fmt: skip
