"""Where an article stands in a list, as a value."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from broadsheet.newsroom.models.listing import ListKind


@dataclass(frozen=True, kw_only=True)
class Place:
    """One article's place in one list."""

    kind: int
    """A value of ListKind."""
    ref: int
    """The section, person or topic; 0 for the whole paper."""
    at: datetime
    """The date it is ordered by."""


def key_of(kind: int, ref: int) -> str:
    """The list's name: ``site``, ``section:7``, ``person:3``, ``topic:9``."""
    name = ListKind(kind).name.lower()
    return name if kind == ListKind.SITE else f"{name}:{ref}"
