"""The live boxes What's hot and Top posts. They show ranks that a job made, and make no page stale."""

from __future__ import annotations

from dataclasses import dataclass

from django.template.loader import render_to_string

from broadsheet.newsroom import lists
from broadsheet.newsroom.navigation import navigation
from broadsheet.newsroom.reads import reading
from broadsheet.press import recorder
from broadsheet.press.boxes import live_box
from broadsheet.press.pages.cards import Card, card
from broadsheet.readers.reading import pins
from broadsheet.readers.reading.decide import with_pins
from broadsheet.readers.reading.models import Window
from broadsheet.readers.reading.ranks import Place, places, places_in

HOT, TOP = 5, 5
PERIODS = ((Window.DAY, "day", "Day"), (Window.WEEK, "week", "Week"), (Window.MONTH, "month", "Month"))


@dataclass(frozen=True, kw_only=True)
class Shown:
    """An article in a box."""

    card: Card
    """What it is called and where."""
    views: int
    """How often it was read in the period; 0 for one that is only pinned."""


@dataclass(frozen=True, kw_only=True)
class Period:
    """One period of Top posts."""

    id: str
    """Its name in the page."""
    label: str
    """Its name for readers."""
    rows: list[Shown]
    """What was read most."""


@live_box("hot", seconds=60)
def hot() -> str:
    """What's hot; nothing where nothing is."""
    with reading(pins.HOT, whole=True):
        pinned = [(found.place, found.article_id) for found in pins.current()]
    ranked = {place.article: place.views for place in places(Window.HOT)}
    wanted = with_pins(list(ranked), pinned, HOT + len(pinned))  # some may have been withdrawn meanwhile
    found = _shown([Place(article=article, views=ranked.get(article, 0)) for article in wanted])
    return render_to_string("theme/boxes/hot.html", {"rows": found[:HOT]}).strip()


@live_box("top", seconds=60)
def top() -> str:
    """Top posts of the day, the week and the month; nothing where nothing was read."""
    by_window = places_in([window for window, _, _ in PERIODS], TOP + 3)  # some may have been withdrawn meanwhile
    ranked = [(name, label, by_window[window]) for window, name, label in PERIODS]
    known = {row.card.id: row.card for row in _shown([place for _, _, found in ranked for place in found])}
    periods = [
        Period(
            id=name,
            label=label,
            rows=[Shown(card=known[p.article], views=p.views) for p in found if p.article in known][:TOP],
        )
        for name, label, found in ranked
    ]
    return render_to_string("theme/boxes/top.html", {"periods": [period for period in periods if period.rows]}).strip()


def _shown(wanted: list[Place]) -> list[Shown]:
    if not wanted:
        return []
    menu = navigation()
    with recorder.unseen():
        found = lists.headlines(place.article for place in wanted)
    return [
        Shown(card=card(found[place.article], menu), views=place.views) for place in wanted if place.article in found
    ]
