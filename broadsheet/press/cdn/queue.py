"""What the CDN has still to be told, in the edition's file.

A trigger writes it: whatever marks a leaf stale, its address is queued in the same transaction, so no crash can part
the two. A row is removed when the CDN has acknowledged it, and only if it was not queued once more meanwhile.
"""

from __future__ import annotations

from dataclasses import dataclass

from broadsheet.press.edition import Edition

EVERYTHING = ""
"""In the place of an address: all pages."""
ECHO_SECONDS = 5.0
"""Longest that an answer, sent before a purge, is thought to travel before the CDN keeps it."""

TABLES = """
CREATE TABLE IF NOT EXISTS cdn_queue (
    path TEXT PRIMARY KEY,
    stamp INTEGER NOT NULL DEFAULT (random()),
    due REAL NOT NULL DEFAULT 0,
    sent INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS cdn_queue_due ON cdn_queue (due);
"""
AGAIN = "ON CONFLICT (path) DO UPDATE SET stamp = random(), due = 0, sent = 0"
TRIGGERS = f"""
CREATE TRIGGER IF NOT EXISTS cdn_stale AFTER UPDATE OF stale_since ON leaf
WHEN NEW.stale_since IS NOT NULL AND NEW.stale_since IS NOT OLD.stale_since
BEGIN INSERT INTO cdn_queue (path) VALUES (NEW.path) {AGAIN}; END;
CREATE TRIGGER IF NOT EXISTS cdn_overtaken AFTER INSERT ON leaf WHEN NEW.stale_since IS NOT NULL
BEGIN INSERT INTO cdn_queue (path) VALUES (NEW.path) {AGAIN}; END;
"""  # noqa: S608 (a constant)


@dataclass(frozen=True, kw_only=True)
class Load:
    """What is sent in one call."""

    rows: tuple[tuple[str, int, int], ...]
    """Addresses, each with the stamp it had, and whether it was sent once already."""
    everything: bool
    """All pages instead of single ones."""

    @property
    def paths(self) -> list[str]:
        """The addresses."""
        return [path for path, _, _ in self.rows]


def begin(edition: Edition, kind: str) -> None:
    """Have an edition queue for a CDN from now on. What the CDN keeps from before is not known here, so all of it goes.

    Args:
        edition: this machine's.
        kind: the CDN's name; empty for none.
    """
    if kind == (edition.state("cdn") or "") and (not kind or _has_triggers(edition)):
        return
    db = edition.connection()
    if not kind:
        db.executescript("DROP TRIGGER IF EXISTS cdn_stale; DROP TRIGGER IF EXISTS cdn_overtaken;")
        db.executescript("DROP TABLE IF EXISTS cdn_queue;")
    else:
        db.executescript(TABLES + TRIGGERS)
        add(edition, EVERYTHING)
    edition.set_state("cdn", kind)


def add(edition: Edition, path: str) -> None:
    """Queue an address, or everything."""
    with edition.writing() as db:
        db.execute(f"INSERT INTO cdn_queue (path) VALUES (?) {AGAIN}", (path,))  # noqa: S608 (a constant)


def take(edition: Edition, most: int, everything_above: int, now: float) -> Load | None:
    """What is due, at most a batch of it; everything at once if that is queued, or if more is due than the limit."""
    db = edition.connection()
    (due,) = db.execute("SELECT count(*) FROM cdn_queue WHERE due <= ?", (now,)).fetchone()
    if not due:
        return None
    whole = db.execute("SELECT 1 FROM cdn_queue WHERE path = '' AND due <= ?", (now,)).fetchone()
    everything = bool(whole) or due > everything_above
    rows = db.execute(
        "SELECT path, stamp, sent FROM cdn_queue WHERE due <= ? ORDER BY due, path LIMIT ?",
        (now, due if everything else most),
    )
    return Load(rows=tuple(rows), everything=everything)


def acknowledged(edition: Edition, load: Load, *, echo: bool, now: float) -> None:
    """The CDN has taken a load: what was new waits to be repeated once if it echoes, the rest is done with."""
    later = now + ECHO_SECONDS
    with edition.writing() as db:
        for path, stamp, sent in load.rows:
            if echo and not sent and not load.everything:
                db.execute("UPDATE cdn_queue SET sent = 1, due = ? WHERE path = ? AND stamp = ?", (later, path, stamp))
            else:
                db.execute("DELETE FROM cdn_queue WHERE path = ? AND stamp = ?", (path, stamp))
        if echo and load.everything and not all(sent for _, _, sent in load.rows):
            db.execute("INSERT OR IGNORE INTO cdn_queue (path, due, sent) VALUES ('', ?, 1)", (later,))


def counts(edition: Edition) -> int | None:
    """Addresses the CDN has not been told yet; None if there is no CDN."""
    if not edition.state("cdn"):
        return None
    return int(edition.connection().execute("SELECT count(*) FROM cdn_queue WHERE sent = 0").fetchone()[0])


def next_due(edition: Edition) -> float | None:
    """Unix time at which something is due; None if nothing is queued."""
    row = edition.connection().execute("SELECT min(due) FROM cdn_queue").fetchone()
    return row[0]


def _has_triggers(edition: Edition) -> bool:
    query = "SELECT count(*) FROM sqlite_master WHERE type = 'trigger' AND name IN ('cdn_stale', 'cdn_overtaken')"
    return bool(edition.connection().execute(query).fetchone()[0] == 2)


def paused_until(edition: Edition) -> float:
    """Unix time before which the CDN is not asked again."""
    return float(edition.state("cdn_retry_at") or 0)


def pause(edition: Edition, until: float, failures: int, error: str) -> None:
    """Note that the CDN did not take a load."""
    for name, value in (("cdn_retry_at", str(until)), ("cdn_failures", str(failures)), ("cdn_error", error[:500])):
        edition.set_state(name, value)


def failures(edition: Edition) -> int:
    """How often in a row the CDN did not take a load."""
    return int(edition.state("cdn_failures") or 0)
