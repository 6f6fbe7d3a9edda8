"""What the wire tells the rooms above it, after the database has kept it.

item_arrived   sender Item; item: a report that was not known before.
item_changed   sender Item; item, change (ItemChange), version (ItemVersion): its source changed it.
source_failed  sender Source; source, error (WireError): a poll failed.

Handlers run after the commit; one that fails is logged and stops neither the poll nor the other handlers.
"""

from __future__ import annotations

import logging
from typing import Any

from django.db import transaction
from django.dispatch import Signal

item_arrived = Signal()
item_changed = Signal()
source_failed = Signal()

_log = logging.getLogger(__name__)


def tell(signal: Signal, sender: type, **news: Any) -> None:
    """Send a signal once the transaction is through."""

    def send() -> None:
        for handler, answer in signal.send_robust(sender, **news):
            if isinstance(answer, Exception):
                _log.error("%r failed on news from the wire: %s", handler, answer, exc_info=answer)

    transaction.on_commit(send)
