"""The articles of a letter, as a page or a mail shows them."""

from __future__ import annotations

from dataclasses import dataclass

from broadsheet.newsroom.navigation import Navigation
from broadsheet.press.facets import CARD
from broadsheet.press.pages.cards import Card, articles, card
from broadsheet.press.recorder import shows
from broadsheet.press.surrogate_keys import facet_key
from broadsheet.readers.newsletters.models import Letter


@dataclass(frozen=True, kw_only=True)
class Carried:
    """One article in a letter."""

    card: Card
    """The article."""
    headline: str
    """Its headline in this letter."""


def carried(letter: Letter, menu: Navigation) -> list[Carried]:
    """A letter's articles in their order, without those that are not published: a fixed number of queries."""
    items = list(letter.items.all())
    for item in items:
        shows(facet_key(f"page/{item.article_id}", CARD))  # whether it is published shows, too
    found = articles(item.article_id for item in items)
    return [
        Carried(card=shown, headline=item.headline or shown.headline)
        for item in items
        if item.article_id in found and (shown := card(found[item.article_id], menu))
    ]
