"""Cards: an article as it stands in a list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from broadsheet.newsroom.fronts import CuratedSlot
from broadsheet.newsroom.lists import Entry, articles
from broadsheet.newsroom.models import Article, Person, Picture
from broadsheet.newsroom.navigation import MenuItem, Navigation


@dataclass(frozen=True, kw_only=True)
class Card:
    """An article in a list."""

    id: int
    """The article's id."""
    url: str
    """Its path."""
    headline: str
    """The headline, or this slot's."""
    label: str
    """The kicker; the section's name where the article has none."""
    standfirst: str
    """The standfirst."""
    picture: Picture | None
    """The lead picture, or this slot's."""
    section: MenuItem | None
    """The section it stands in."""
    authors: tuple[Person, ...]
    """Who wrote it."""
    published_at: datetime | None
    """When it was published."""
    updated_at: datetime | None
    """When it last changed noticeably."""
    format: str
    """A value of Article.Format."""
    minutes: int
    """Reading time."""
    source_name: str
    """The wire it came from; empty for our own."""
    boost: str = ""
    """Size in this slot: "", "large" or "small"."""

    @property
    def palette(self) -> str:
        """The colour of its section."""
        return "opinion" if self.format == Article.Format.OPINION else self.section.palette if self.section else "news"

    @property
    def is_live(self) -> bool:
        """Whether it is a live blog."""
        return self.format == Article.Format.LIVE


def card(article: Article, menu: Navigation, slot: CuratedSlot | None = None, picture: Picture | None = None) -> Card:
    """An article's card, with what a slot says otherwise."""
    section = menu.section_of(article.path)
    return Card(
        id=article.pk,
        url=(section.url if section else "/") + f"{article.slug}/",
        headline=(slot.headline if slot else "") or article.title,
        label=article.label or (section.title if section else ""),
        standfirst=article.standfirst,
        picture=picture or article.lead_picture,
        section=section,
        authors=tuple(byline.person for byline in article.bylines.all()),
        published_at=article.published_at,
        updated_at=article.updated_at,
        format=article.format,
        minutes=article.reading_minutes,
        source_name=article.source_name,
        boost=slot.boost if slot else "",
    )


def cards(entries: Iterable[Entry], menu: Navigation) -> list[Card]:
    """The cards of a list's entries, in their order."""
    ids = [entry.article for entry in entries]
    found = articles(ids)
    return [card(found[pk], menu) for pk in ids if pk in found]
