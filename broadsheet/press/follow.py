"""Following the purge log: what changed in the database becomes stale in this machine's edition."""

from __future__ import annotations

import logging
import sqlite3
from datetime import UTC, datetime

from django.conf import settings
from django.db import DatabaseError

from broadsheet.press import purge_log
from broadsheet.press.cdn import queue
from broadsheet.press.edition import open_edition
from broadsheet.press.history import pins

logger = logging.getLogger("broadsheet.press")


def follow() -> int:
    """Apply every purge that was committed since the edition's cursor.

    Returns:
        How many leaves became stale.
    Raises:
        django.db.DatabaseError: the main database cannot be read; nothing was applied and nothing is lost.
    """
    edition = open_edition()
    queue.begin(edition, settings.CDN)
    stored = edition.state("cursor")
    cursor = None if stored is None else int(stored)
    if cursor is not None and _fell_off(edition.state("followed_at")):
        edition.purge_all("log was pruned")
        cursor = None
    if cursor is None:
        pins.catch_up()
    part = purge_log.read(cursor)
    pins.follow(part.rows)
    if part.rows or part.cursor != cursor:
        return edition.apply(part)
    return 0


def follow_quietly() -> None:
    """Follow now if possible; the log keeps what could not be followed for the next time."""
    try:
        follow()
    except (DatabaseError, sqlite3.Error) as error:
        logger.warning("The purge log could not be followed just now; it will be with the next request: %s", error)


def _fell_off(followed_at: str | None) -> bool:
    if followed_at is None:
        return False
    return datetime.now(UTC).timestamp() - float(followed_at) > purge_log.KEEP.total_seconds()
