"""Taking a snapshot: first the edition is made whole, then the moment gets its name."""

from __future__ import annotations

import time
from dataclasses import dataclass

from broadsheet.press import follow
from broadsheet.press.edition import Edition
from broadsheet.press.errors import RenderFailed
from broadsheet.press.history.store import History, open_history
from broadsheet.press.history.values import Snapshot
from broadsheet.press.printer import Printer

ROUNDS = 3
"""Pages that are purged while others are printed are printed once more, but not for ever."""


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What taking a snapshot came to."""

    snapshot: Snapshot
    """The snapshot."""
    printed: int
    """Pages that were printed for it."""
    failed: list[str]
    """Addresses that could not be: they stand in it as last printed."""


def take(edition: Edition, name: str, who: str, why: str) -> Taken:
    """Print what is stale, then name this moment.

    Raises:
        NameTaken: there is a snapshot of that name.
        django.db.DatabaseError: the main database is down, so what has changed is not known.
    """
    history = open_history()
    printed, failed = make_whole(edition, history)
    snapshot = history.add_snapshot(name, time.time_ns() // 1000, who, why)
    return Taken(snapshot=snapshot, printed=printed, failed=sorted(failed))


def make_whole(edition: Edition, history: History) -> tuple[int, set[str]]:
    """Print stale leaves and those that a deleted edition has lost; take on what the history has missed.

    Returns:
        How many were printed, and the addresses that failed.
    """
    printer, printed, failed = Printer(edition), 0, set[str]()
    for _ in range(ROUNDS):
        follow.follow()
        waiting = [path for path in [*edition.waiting(), *history.only_here(edition.path)] if path not in failed]
        if not waiting:
            break
        for path in waiting:
            done = _print(printer, path, history)
            printed += done
            if not done:
                failed.add(path)
    for path, rendered_at in history.lacks(edition.path):
        leaf = edition.get(path)
        if leaf is not None:
            history.keep(leaf, at=int(rendered_at * 1_000_000))
    return printed, failed


def _print(printer: Printer, path: str, history: History) -> bool:
    terms = printer.terms(path)
    if terms is None:
        printer.edition.drop(path)
        history.gone(path)
        return True
    try:
        printer.print(path, terms, None)
    except RenderFailed:
        return False  # logged with its cause
    return True
