"""What every screen of the desk says about the press."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from typing import Any

from django import template

from broadsheet.press.history import open_history

register = template.Library()


@register.inclusion_tag("desk/rolled_back.html")
def rolled_back() -> dict[str, Any]:
    """A warning as long as readers are shown an earlier moment; nothing otherwise."""
    try:
        pin = open_history().pin()
    except (sqlite3.Error, OSError):
        return {}  # the dashboard's card says what is wrong with the files
    if pin is None:
        return {}
    return {"at": datetime.fromtimestamp(pin.at / 1_000_000, UTC), "why": pin.why}
