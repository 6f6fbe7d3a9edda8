"""Cards: an article as it stands in a list.

A card knows more than any place shows of it. So its article is loaded unseen, and each part is recorded when a template
asks for it: an author's new name does not touch a list that names no authors.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from broadsheet.newsroom import lists
from broadsheet.newsroom.fronts import CuratedSlot
from broadsheet.newsroom.lists import Entry
from broadsheet.newsroom.models import Article, Person, Picture
from broadsheet.newsroom.navigation import MenuItem, Navigation
from broadsheet.press import facets
from broadsheet.press.pages.breaking import breaks_now
from broadsheet.press.recorder import shows, unseen
from broadsheet.press.surrogate_keys import facet_key, key_of, key_of_picture


@dataclass(frozen=True, kw_only=True)
class Card:
    """An article in a list."""

    article: Article
    """The article, with the fields of ``lists.CARD_FIELDS``."""
    section: MenuItem | None
    """The section it stands in."""
    slot: CuratedSlot | None = None
    """What the slot it stands in says otherwise."""
    slot_picture: Picture | None = None
    """The slot's own picture."""

    @property
    def id(self) -> int:
        """The article's id."""
        return self.article.pk

    @property
    def url(self) -> str:
        """Its path."""
        return path_of(self.article.slug, self.section)

    @property
    def headline(self) -> str:
        """The headline, or this slot's."""
        return (self.slot.headline if self.slot else "") or self.article.title

    @property
    def label(self) -> str:
        """The kicker; the section's name where the article has none."""
        self._shows(facets.LOOK)
        return kicker_of(self.article.label, self.section)

    @property
    def standfirst(self) -> str:
        """The standfirst."""
        self._shows(facets.STANDFIRST)
        return self.article.standfirst

    @property
    def picture(self) -> Picture | None:
        """The lead picture, or this slot's."""
        self._shows(facets.LOOK)
        return _shown(self.slot_picture or self.article.lead_picture)

    @property
    def picture_file(self) -> Picture | None:
        """The lead picture, for its files alone: how a layout crops it does not show."""
        self._shows(facets.LOOK)
        if self.article.lead_picture:
            shows(facet_key(key_of(self.article.lead_picture), facets.FILE))
        return self.article.lead_picture

    @property
    def authors(self) -> tuple[Person, ...]:
        """Who wrote it."""
        self._shows(facets.BYLINES)
        people = tuple(byline.person for byline in self.article.bylines.all())
        for person in people:
            shows(facet_key(key_of(person), facets.CARD))
            if person.portrait_id:
                shows(facet_key(key_of_picture(person.portrait_id), facets.CARD))
        return people

    @property
    def published_at(self) -> datetime | None:
        """When it was published."""
        self._shows(facets.LOOK)
        return self.article.published_at

    @property
    def updated_at(self) -> datetime | None:
        """When it last changed noticeably."""
        self._shows(facets.UPDATED)
        return self.article.updated_at

    @property
    def format(self) -> str:
        """A value of Article.Format."""
        self._shows(facets.LOOK)
        return self.article.format

    @property
    def minutes(self) -> int:
        """Reading time."""
        self._shows(facets.MINUTES)
        return self.article.reading_minutes

    @property
    def source_name(self) -> str:
        """The wire it came from; empty for our own."""
        self._shows(facets.LOOK)
        return self.article.source_name

    @property
    def canonical_elsewhere(self) -> bool:
        """Whether search engines are pointed to the original."""
        self._shows(facets.LOOK)
        return self.article.canonical_elsewhere

    @property
    def boost(self) -> str:
        """Size in this slot: "", "large" or "small"."""
        return self.slot.boost if self.slot else ""

    @property
    def palette(self) -> str:
        """The colour of its section."""
        return palette_of(self.format, self.section)

    @property
    def is_live(self) -> bool:
        """Whether it is a live blog."""
        return self.format == Article.Format.LIVE

    @property
    def is_breaking(self) -> bool:
        """Whether it is breaking news; the page changes by itself when it no longer is."""
        self._shows(facets.LOOK)
        return breaks_now(self.article)

    def _shows(self, facet: str) -> None:
        shows(facet_key(key_of(self.article), facet))


def path_of(slug: str, section: MenuItem | None) -> str:
    """An article's path, by the section it stands in."""
    return f"{section.url if section else '/'}{slug}/"


def kicker_of(label: str, section: MenuItem | None) -> str:
    """What stands above a headline: the section's name where the article has nothing of its own."""
    return label or (section.title if section else "")


def palette_of(kind: str, section: MenuItem | None) -> str:
    """The colour of an article of this format: its section's, but opinion has one of its own."""
    return "opinion" if kind == Article.Format.OPINION else section.palette if section else "news"


def card(article: Article, menu: Navigation, slot: CuratedSlot | None = None, picture: Picture | None = None) -> Card:
    """An article's card, with what a slot says otherwise; the page shows it."""
    shows(facet_key(key_of(article), facets.CARD))
    return Card(article=article, section=menu.section_of(article.path), slot=slot, slot_picture=picture)


def cards(entries: Iterable[Entry], menu: Navigation) -> list[Card]:
    """The cards of a list's entries, in their order."""
    ids = [entry.article for entry in entries]
    found = articles(ids)
    return [card(found[pk], menu) for pk in ids if pk in found]


def headlines(entries: Iterable[Entry], menu: Navigation) -> list[Card]:
    """The cards of a list's entries, of which the place shows headlines and dates alone."""
    ids = [entry.article for entry in entries]
    with unseen():
        found = lists.headlines(ids)
    return [card(found[pk], menu) for pk in ids if pk in found]


def articles(ids: Iterable[int]) -> dict[int, Article]:
    """Articles for cards, by id; which of them are shown is up to the caller."""
    with unseen():
        return lists.articles(ids)


def _shown(picture: Picture | None) -> Picture | None:
    if picture is not None:
        shows(facet_key(key_of(picture), facets.CARD))
    return picture
