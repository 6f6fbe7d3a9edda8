"""What an editor does with an item."""

from __future__ import annotations

from broadsheet.wire.models import Item, Status


def spike(item: Item) -> None:
    """Take an item off the queue: it will not be used."""
    _set(item, Status.SPIKED)


def unspike(item: Item) -> None:
    """Put a spiked or held item back on the queue."""
    _set(item, Status.NEW)


def hold(item: Item) -> None:
    """Put an item aside for later."""
    _set(item, Status.HELD)


def mark_filed(item: Item) -> None:
    """Note that an article was made of an item."""
    _set(item, Status.FILED)


def _set(item: Item, status: Status) -> None:
    item.status = status
    item.save(update_fields=["status"])
