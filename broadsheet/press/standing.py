"""How the press stands towards its database and its disk, looked at now: for operators."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from django.db import DatabaseError

from broadsheet.press import purge_log
from broadsheet.press.edition import Edition


def standing(edition: Edition) -> Iterator[str]:
    """A line on the main database and how far its log is followed, and one on the edition's file.

    Args:
        edition: this machine's; it is written to, to see whether it can be.
    """
    cursor = edition.state("cursor")
    try:
        waiting = purge_log.read(None if cursor is None else int(cursor)).rows
        yield f"main database: answers, {len(waiting)} purges to follow"
    except DatabaseError as error:
        yield f"main database: DOES NOT ANSWER ({str(error).strip()})"
    try:
        edition.set_state("looked_at", "now")
        yield "edition: can be written to"
    except sqlite3.Error as error:
        yield f"edition: CANNOT BE WRITTEN TO ({error})"
