"""Forgetting what is older than the history is kept for, except what a snapshot shows."""

from __future__ import annotations

import time

from django.conf import settings

from broadsheet.press.history.decide import kept_at
from broadsheet.press.history.store import History
from broadsheet.press.history.values import Micros

AT_ONCE = 500
"""Addresses or bodies in one transaction: whoever prints meanwhile waits for milliseconds."""
DAY = 86_400_000_000
UNUSED = (
    "NOT EXISTS (SELECT 1 FROM version WHERE body = body.id)"
    " AND NOT EXISTS (SELECT 1 FROM body other WHERE other.base = body.id)"
)


def prune(history: History, now: Micros | None = None) -> int:
    """Drop versions that no moment of the last ``history_days`` and no snapshot shows. Returns how many."""
    horizon = (now or time.time_ns() // 1000) - settings.HISTORY_DAYS * DAY
    pin = history.pin()
    moments = sorted([*(snapshot.at for snapshot in history.snapshots()), *([pin.at] if pin else [])])
    dropped = 0
    addresses = _with_old_versions(history, horizon)
    for start in range(0, len(addresses), AT_ONCE):
        dropped += _prune(history, addresses[start : start + AT_ONCE], moments, horizon)
    while _drop_bodies(history):
        pass
    with history.writing() as db:
        db.execute("DELETE FROM head WHERE NOT EXISTS (SELECT 1 FROM version WHERE head = head.id)")
        db.execute("UPDATE state SET value = ? WHERE name = 'since' AND CAST(value AS INTEGER) < ?", (horizon, horizon))
    return dropped


def _with_old_versions(history: History, horizon: Micros) -> list[int]:
    rows = history.connection().execute(
        "SELECT address FROM version WHERE at <= ? GROUP BY address HAVING count(*) > 1", (horizon,)
    )
    return [address for (address,) in rows]


def _prune(history: History, addresses: list[int], moments: list[Micros], horizon: Micros) -> int:
    dropped = 0
    with history.writing() as db:
        for address in addresses:
            times = [at for (at,) in db.execute("SELECT at FROM version WHERE address = ? ORDER BY at", (address,))]
            unwanted = set(times) - kept_at(times, moments, horizon)
            db.executemany("DELETE FROM version WHERE address = ? AND at = ?", [(address, at) for at in unwanted])
            dropped += len(unwanted)
    return dropped


def _drop_bodies(history: History) -> int:
    """Bodies that nothing shows and from which nothing is a difference; those set free by it go the next time round."""
    with history.writing() as db:
        return db.execute(
            f"DELETE FROM body WHERE id IN (SELECT id FROM body WHERE {UNUSED} LIMIT {AT_ONCE})"  # noqa: S608 (ours)
        ).rowcount
