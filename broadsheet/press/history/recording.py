"""Recording what is printed. A history that cannot be written keeps nobody from printing."""

from __future__ import annotations

import logging
import sqlite3
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from broadsheet.press.edition import Leaf
from broadsheet.press.history.decide import micros
from broadsheet.press.history.store import open_history

logger = logging.getLogger("broadsheet.press")

BORN = "broadsheet.born"


def first_published(request: HttpRequest, moment: datetime | None) -> None:
    """Say when what stands at the address was first published: rolled back to before it, the address leads nowhere."""
    request.META[BORN] = moment


def printed(leaf: Leaf, environ: dict[str, Any]) -> None:
    """Add a rendered leaf to the history, before it is kept in the edition: the history misses nothing that was shown.

    Args:
        leaf: as it will be kept.
        environ: of its rendering.
    """
    born: datetime | None = environ.get(BORN)
    try:
        open_history().keep(leaf, born=micros(born) if born else None)
    except (sqlite3.Error, OSError):
        logger.exception("%s was printed, but the history does not take it. Look at the disk.", leaf.path)


def gone(path: str) -> None:
    """Note that an address leads to no page."""
    try:
        open_history().gone(path)
    except (sqlite3.Error, OSError):
        logger.exception("%s is gone, but the history does not take it. Look at the disk.", path)
