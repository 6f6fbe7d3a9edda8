"""The newest headlines of the paper: every article shows them, and none is rendered again for the next one."""

from __future__ import annotations

from django.template.loader import render_to_string

from broadsheet.newsroom import lists
from broadsheet.newsroom.navigation import navigation
from broadsheet.press.boxes.registry import live_box
from broadsheet.press.pages.cards import cards

SHOWN = 5


@live_box("latest", seconds=60)
def latest() -> str:
    """The box's content."""
    found = cards(lists.newest(lists.WHOLE_PAPER, SHOWN), navigation())
    return render_to_string("theme/boxes/latest.html", {"cards": found})
