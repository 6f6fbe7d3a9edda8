"""What the newsroom tells the rooms above."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.dispatch import Signal

listings_changed = Signal()
"""Articles entered or left lists. Sent inside the transaction, with ``changes``: a tuple of ListingChange."""

navigation_changed = Signal()
"""The menu or a section's name, address or colour is different. Sent inside the transaction, with ``keys``: the names
of what changed, as in ``navigation``."""


@dataclass(frozen=True, kw_only=True)
class ListingChange:
    """An article entered, left or moved in a list."""

    key: str
    """The list's name, as in ``reads.Reading``."""
    at: datetime | None
    """The date at which it now stands, or stood; None where the whole list is meant."""
    article: int | None = None
    """The article that came to stand there; None for one that left."""
