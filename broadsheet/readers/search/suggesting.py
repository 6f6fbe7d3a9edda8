"""What stands below the search field while a reader types: headlines, and the pages of topics, authors and sections."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from broadsheet.newsroom import lists
from broadsheet.newsroom.models import Listing, ListKind, Person, Topic
from broadsheet.newsroom.navigation import Navigation
from broadsheet.press.pages.cards import card
from broadsheet.readers.search import decide
from broadsheet.readers.search.find import newest
from broadsheet.readers.search.results import flat

SHORTEST, HEADLINES, PAGES = 2, 6, 3
LOOKED_AT = 100
"""The newest articles with the words in them, of which those with the words in the headline come first."""


@dataclass(frozen=True, kw_only=True)
class Suggestion:
    """A page to go to."""

    text: str
    """Its name."""
    kind: str
    """What it is: empty for an article."""
    url: str
    """Its path."""


def suggestions(text: str, menu: Navigation) -> list[Suggestion]:
    """What somebody who has typed this may look for; nothing for a single letter."""
    typed = " ".join(text.split())[:60]
    if len(typed) < SHORTEST:
        return []
    pages = [
        Suggestion(text=item.title, kind="Section", url=item.url)
        for item in flat(menu.items)
        if item.in_menu and item.title.casefold().startswith(typed.casefold())
    ][:PAGES]
    written = Listing.objects.filter(kind=ListKind.PERSON, ref=OuterRef("pk"))
    for kind, rows in (
        ("Topic", Topic.objects.filter(name__istartswith=typed)),
        ("Author", Person.objects.filter(Exists(written), name__istartswith=typed)),
    ):
        pages += [Suggestion(text=row.name, kind=kind, url=row.get_absolute_url()) for row in rows[:PAGES]]
    found = newest(decide.query(decide.unfinished(typed)), LOOKED_AT)[:HEADLINES]
    articles = lists.headlines(found)
    cards = [card(articles[pk], menu) for pk in found if pk in articles]
    return pages + [Suggestion(text=one.headline, kind="", url=one.url) for one in cards]
