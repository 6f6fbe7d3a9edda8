"""The edition: reading, printing and purging leaves."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import zstandard
from django.conf import settings

from broadsheet.press.edition import purging
from broadsheet.press.edition.claims import Claims
from broadsheet.press.edition.inspection import Inspection
from broadsheet.press.edition.known import Known
from broadsheet.press.edition.leaf import Leaf, restored, stored
from broadsheet.press.edition.purging import OPEN_NEWEST, OPEN_OLDEST, micros
from broadsheet.press.purge_log import LogPart
from broadsheet.press.recorder import Dependency

TIGHTER = "11"
"""Mark of a Brotli variant packed at quality 11."""
KEEP_PURGED_SECONDS = 900
"""How long a purge can still win over a rendering that began before it."""


def open_edition() -> Edition:
    """The edition of this site (one object a process)."""
    return _edition(str(settings.EDITION_PATH))


@cache
def _edition(path: str) -> Edition:
    return Edition(Path(path))


class Edition(Inspection, Claims, Known):
    """Everything rendered, in one file. Safe to delete at any time: it is rendered again when asked for."""

    def get(self, path: str) -> Leaf | None:
        """The leaf of an address, fresh or stale; None if it was never rendered."""
        db = self.connection()
        row = db.execute(
            "SELECT id, status, headers, etag, stale_since IS NOT NULL, expires FROM leaf WHERE path = ?", (path,)
        ).fetchone()
        if row is None:
            return None
        variants = db.execute("SELECT coding, body, mark FROM variant WHERE leaf = ?", (row[0],)).fetchall()
        try:
            bodies = restored({coding: body for coding, body, _ in variants})
        except zstandard.ZstdError:  # damaged: it is printed anew
            return None
        if "identity" not in bodies:  # replaced between the two reads
            return None
        headers = tuple((name, value) for name, value in json.loads(row[2]))
        return Leaf(
            path=path, status=row[1], headers=headers, etag=row[3], bodies=bodies, stale=bool(row[4]), expires=row[5],
            marks={coding: mark for coding, _, mark in variants if mark},
        )  # fmt: skip

    def stale_hot(self, limit: int) -> list[str]:
        """Addresses of hot leaves that wait to be rendered anew: the stale ones, then those whose time is over."""
        now, db = time.time(), self.connection()
        # Two questions, each with an index of its own: asked as one, they walk every leaf there is.
        stale = db.execute(
            "SELECT path FROM leaf WHERE hot = 1 AND stale_since IS NOT NULL AND retry_at <= ? ORDER BY path LIMIT ?",
            (now, limit),
        ).fetchall()
        over = db.execute(
            "SELECT path FROM leaf WHERE expires <= ? AND hot = 1 AND stale_since IS NULL AND retry_at <= ?"
            " ORDER BY expires LIMIT ?",
            (now, now, limit - len(stale)),
        ).fetchall()
        return [path for (path,) in (*stale, *over)]

    def generation(self) -> int:
        """Counts the purges this edition has followed; a rendering notes it at its start."""
        return int(self.state("generation") or 0)

    def put(self, leaf: Leaf, dependencies: Iterable[Dependency], *, began: int, hot: bool, render_ms: float) -> Leaf:
        """Keep a rendered leaf; stale from the start if one of its keys was purged since generation ``began``."""
        wanted = {(d.key, micros(d.oldest, OPEN_OLDEST), micros(d.newest, OPEN_NEWEST)) for d in dependencies}
        with self.writing() as db:
            overtaken = purging.purged_since(db, began, wanted)
            stale_since = time.time() if overtaken else None
            (number,) = db.execute(
                "INSERT INTO leaf"
                " (path, status, headers, etag, hot, rendered_at, render_ms, stale_since, stale_key, expires)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                " ON CONFLICT (path) DO UPDATE SET status = excluded.status, headers = excluded.headers,"
                " etag = excluded.etag, hot = excluded.hot, rendered_at = excluded.rendered_at,"
                " render_ms = excluded.render_ms, stale_since = excluded.stale_since, stale_key = excluded.stale_key,"
                " expires = excluded.expires, renders = renders + 1, error = '', retry_at = 0 RETURNING id",
                (
                    leaf.path, leaf.status, json.dumps(leaf.headers), leaf.etag, hot, time.time(), render_ms,
                    stale_since, overtaken or "", leaf.expires,
                ),
            ).fetchone()  # fmt: skip
            db.execute("DELETE FROM variant WHERE leaf = ?", (number,))
            variants = [(number, coding, body) for coding, body in stored(leaf).items()]
            db.executemany("INSERT INTO variant (leaf, coding, body) VALUES (?, ?, ?)", variants)
            db.execute("DELETE FROM dependency WHERE leaf = ?", (number,))
            db.executemany("INSERT INTO dependency VALUES (?, ?, ?, ?)", [(k, number, o, n) for k, o, n in wanted])
        return leaf

    def drop(self, path: str) -> None:
        """Forget a leaf: its address no longer leads to a page."""
        with self.writing() as db:
            db.execute("DELETE FROM leaf WHERE path = ?", (path,))

    def to_repack(self, before: float, limit: int) -> list[tuple[str, str]]:
        """Address and tag of fresh leaves, hot ones first, rendered before a time and not packed tighter yet."""
        found: list[tuple[str, str]] = []
        for hot in (1, 0):
            # In the order of the index of what is not packed, so that the first few are enough.
            found += self.connection().execute(
                "SELECT path, etag FROM variant INDEXED BY variant_loose JOIN leaf ON leaf.id = variant.leaf"
                " WHERE coding = 'br' AND mark = '' AND hot = ? AND stale_since IS NULL AND rendered_at < ?"
                " ORDER BY variant.leaf LIMIT ?",
                (hot, before, limit - len(found)),
            )
        return found

    def repack(self, path: str, etag: str, body: bytes) -> bool:
        """Give a leaf a tighter Brotli variant, with an entity tag of its own, unless it was printed anew meanwhile."""
        with self.writing() as db:
            changed = db.execute(
                "UPDATE variant SET body = ?, mark = ? WHERE coding = 'br'"
                " AND leaf = (SELECT id FROM leaf WHERE path = ? AND etag = ?)",
                (body, TIGHTER, path, etag),
            )
            return bool(changed.rowcount)

    def failed(self, path: str, error: str, retry_at: float) -> None:
        """Note that a leaf could not be rendered; it goes on being served, and is tried again later."""
        with self.writing() as db:
            db.execute("UPDATE leaf SET error = ?, retry_at = ? WHERE path = ?", (error[:500], retry_at, path))

    def may_retry(self, path: str) -> bool:
        """Whether enough time has passed since a leaf's last failed rendering."""
        row = self.connection().execute("SELECT retry_at FROM leaf WHERE path = ?", (path,)).fetchone()
        return row is None or row[0] <= time.time()

    def apply(self, part: LogPart) -> int:
        """Make stale what a part of the purge log touches, and move the cursor; all of it or nothing.

        A row is applied once, although a log read again, or by two processes at a time, holds it again.

        Args:
            part: rows of the log and the cursor behind them.
        Returns:
            How many leaves became stale.
        """
        with self.writing() as db:
            touched = sum(purging.purge(db, row) for row in part.rows if purging.is_new(db, row))
            if part.rows:
                purging.forget_old(db, time.time() - KEEP_PURGED_SECONDS)
            known = self.state("cursor")
            purging.set_state(db, "cursor", str(max(part.cursor, int(known or 0))))
            purging.set_state(db, "followed_at", str(time.time()))
        return touched

    def belong_to(self, fingerprint: str) -> bool:
        """Make everything stale if the edition was printed under other settings or by another version.

        Args:
            fingerprint: of what every page depends on besides the newsroom.
        Returns:
            Whether it was.
        """
        known = self.state("fingerprint")
        if known == fingerprint:
            return False
        self.set_state("fingerprint", fingerprint)
        if known is not None:
            self.purge_all("settings changed")
        return known is not None

    def purge_all(self, reason: str) -> int:
        """Make every leaf stale: the log no longer reaches back to this edition's cursor."""
        with self.writing() as db:
            purging.next_generation(db)
            return db.execute(
                "UPDATE leaf SET stale_since = ?, stale_key = ? WHERE stale_since IS NULL", (time.time(), reason)
            ).rowcount

    def set_state(self, name: str, value: str) -> None:
        """Keep a value about the edition itself."""
        with self.writing() as db:
            purging.set_state(db, name, value)
