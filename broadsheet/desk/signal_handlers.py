"""What happens at the desk when the wire brings something."""

from __future__ import annotations

from typing import Any

from broadsheet.wire.models import Filing
from broadsheet.wire.signals import item_arrived


def connect() -> None:
    """Listen to the wire, once, when the room opens."""
    item_arrived.connect(_arrived, dispatch_uid="desk.item_arrived")


def _arrived(item: Any, **kwargs: Any) -> None:
    from broadsheet.desk import tasks

    if item.filing != Filing.HOLD:
        tasks.file_by_rule.enqueue(item.pk)
