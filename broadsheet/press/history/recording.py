"""Recording what is printed. A history that cannot be written keeps nobody from printing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.http import HttpRequest

from broadsheet.press.edition import Leaf
from broadsheet.press.history.decide import micros
from broadsheet.press.history.store import open_history

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
    with _surviving(f"{leaf.path} was printed"):
        open_history().keep(leaf, born=micros(born) if born else None)


def gone(path: str) -> None:
    """Note that an address leads to no page."""
    with _surviving(f"{path} is gone"):
        open_history().gone(path)


@contextmanager
def _surviving(what: str) -> Iterator[None]:
    history = open_history()
    try:
        yield
    except sqlite3.Error as error:
        if not history.mend(error):
            history.trouble.sound(f"{what}, but the history does not take it: {error}")
    except OSError as error:
        history.trouble.sound(f"{what}, but the history does not take it: {error}")
