"""Rolling readers back to a moment, and forward again: one row each, whatever the paper's size.

The pin stands in the history, where every front of this machine looks once the edition's version has changed; the purge
log carries it to the other machines.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Iterable
from datetime import UTC, datetime

from django.conf import settings
from django.db import DatabaseError, transaction

from broadsheet.press import purge_log
from broadsheet.press.cdn import queue
from broadsheet.press.edition import open_edition
from broadsheet.press.history.decide import micros
from broadsheet.press.history.store import open_history
from broadsheet.press.history.values import Micros, Pin
from broadsheet.press.models import Purge
from broadsheet.press.purge_log import PurgeRow

logger = logging.getLogger("broadsheet.press")

BACK, FORWARD = "edition:back", "edition:forward"


def roll_back(at: Micros, why: str) -> bool:
    """Show readers what every address showed at a moment. Publishing goes on and is recorded.

    Returns:
        Whether the other machines hear of it; not while the main database is down.
    """
    _pin(Pin(at=at, why=why, since=time.time_ns() // 1000))
    return _tell(BACK, datetime.fromtimestamp(at // 1_000_000, UTC).replace(microsecond=at % 1_000_000), why)


def roll_forward(why: str) -> bool:
    """Show readers the newest pages again. Returns whether the other machines hear of it."""
    _pin(None)
    return _tell(FORWARD, None, why)


def follow(rows: Iterable[PurgeRow]) -> None:
    """Do as another machine did. The last word counts, however often and in whatever order the log is read."""
    known = open_history().pin_row()
    words = [row for row in rows if row.key in {BACK, FORWARD} and row.id > known]
    if words:
        _obey(max(words, key=lambda row: row.id))


def catch_up() -> None:
    """Do as the log's last word says: this machine begins to follow only now."""
    last = Purge.objects.filter(key__in=[BACK, FORWARD]).order_by("-id").first()
    if last is not None and last.pk > open_history().pin_row():
        _obey(PurgeRow(id=last.pk, key=last.key, at=last.at))


def _obey(row: PurgeRow) -> None:
    history = open_history()
    pin, at = history.pin(), micros(row.at) if row.at else None
    if (pin.at if pin else None) == at:
        history.set_pin(pin, row.id)
        return
    why = Purge.objects.filter(pk=row.id).values_list("reason", flat=True).first() or ""
    _pin(Pin(at=at, why=why, since=time.time_ns() // 1000) if at is not None else None, row.id)


def _pin(pin: Pin | None, row: int | None = None) -> None:
    open_history().set_pin(pin, row)
    edition = open_edition()
    edition.set_state("pinned", str(pin.at) if pin else "")  # a write: every front looks again
    queue.begin(edition, settings.CDN)
    if settings.CDN:
        queue.add(edition, queue.EVERYTHING)
    logger.warning("Readers are shown %s.", f"the moment {pin.at} ({pin.why})" if pin else "the newest pages")


def _tell(key: str, at: datetime | None, why: str) -> bool:
    try:
        with transaction.atomic():
            purge_log.append([(key, at)], reason=why)
    except DatabaseError:
        logger.exception("The other machines could not be told.")
        return False
    return True
