"""What every screen of the desk says about the press."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from typing import Any

from django import template

from broadsheet.press.edition import open_edition
from broadsheet.press.history import open_history

register = template.Library()


@register.inclusion_tag("desk/press_trouble.html")
def press_trouble() -> dict[str, Any]:
    """A warning as long as this machine cannot keep what it prints; nothing otherwise."""
    troubles = [place.trouble for place in (open_edition(), open_history()) if place.trouble.since is not None]
    if not troubles:
        return {}
    since = min(trouble.since or 0.0 for trouble in troubles)
    return {"at": datetime.fromtimestamp(since, UTC), "cause": troubles[0].cause}


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
