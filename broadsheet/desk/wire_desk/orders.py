"""What an editor's form asks to be done with which reports. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

MOST_AT_ONCE = 200


class Verb(StrEnum):
    """What can be done with a report."""

    FILE = "file"
    HOLD = "hold"
    SPIKE = "spike"
    UNSPIKE = "unspike"


class Posted(Protocol):
    """A form as Django gives it."""

    def get(self, key: str, default: str, /) -> str:
        """The last value of a field."""

    def getlist(self, key: str, /) -> Sequence[str]:
        """All values of a field."""


@dataclass(frozen=True, kw_only=True)
class Order:
    """One thing to be done."""

    verb: Verb
    """What."""
    items: tuple[int, ...]
    """Ids of the reports, in the form's order."""
    section: int | None
    """The section to file to; None for each report's suggested one."""
    stay: bool
    """Whether the editor stays in the queue after filing one report."""


def read_order(posted: Posted) -> Order | None:
    """The order in a form; None if it names nothing that can be done.

    A row's button is named ``one`` and has the value ``verb:id`` (``file-stay:id`` files and stays); the bar's button
    is named ``all``, has the verb as its value, and means the ticked ``items``.
    """
    word, _, number = posted.get("one", "").partition(":")
    one = _is_id(number)
    chosen = [number] if one else posted.getlist("items")
    stay = word == "file-stay" or not one
    verb = word.removesuffix("-stay") if one else posted.get("all", "")
    items = tuple(dict.fromkeys(int(text) for text in chosen if _is_id(text)))[:MOST_AT_ONCE]
    if verb not in set(Verb) or not items:
        return None
    section = posted.get("section", "")
    return Order(verb=Verb(verb), items=items, section=int(section) if _is_id(section) else None, stay=stay)


def _is_id(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 19
