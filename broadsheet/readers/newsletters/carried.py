"""The articles of a letter, as a page or a mail shows them."""

from __future__ import annotations

from broadsheet.newsroom.fronts import CuratedSlot
from broadsheet.newsroom.navigation import Navigation
from broadsheet.press.facets import CARD
from broadsheet.press.pages.cards import Card, articles, card
from broadsheet.press.recorder import shows
from broadsheet.press.surrogate_keys import facet_key
from broadsheet.readers.newsletters.models import Letter


def carried(letter: Letter, menu: Navigation) -> list[Card]:
    """A letter's articles in their order, with the headlines they have in it, without those that are not published.

    A fixed number of queries.
    """
    items = list(letter.items.all())
    for item in items:
        shows(facet_key(f"page/{item.article_id}", CARD))  # whether it is published shows, too
    found = articles(item.article_id for item in items)
    return [
        card(found[item.article_id], menu, CuratedSlot(article=item.article_id, headline=item.headline))
        for item in items
        if item.article_id in found
    ]
