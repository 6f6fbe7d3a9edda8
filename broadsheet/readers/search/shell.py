"""The page around the hits: rendered once and kept until something in the paper changes, then filled for each search.

The frame and the form, with every section and author in it, took half of a search page's time.
"""

from __future__ import annotations

import re
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import escape

from broadsheet.newsroom.models import Listing, ListKind, Person
from broadsheet.newsroom.navigation import MenuItem, Navigation
from broadsheet.press import purge_log
from broadsheet.press.pages.frame import frame

KEPT_SECONDS = 30.0
"""The longest a change is not seen whose purge was committed out of turn."""
NAMES = ("title", "query", "section", "author", "from", "to", "order", "hidden", "results")
_MARK = re.compile("\ue000([a-z]+)\ue001")
"""Characters of the private use area, which no text of a paper has."""


@dataclass(frozen=True, kw_only=True)
class SectionChoice:
    """A section in the form."""

    slug: str
    """Its path without the outer slashes: what the form sends."""
    title: str
    """Its name."""
    depth: int
    """How far to indent it."""
    id: int
    """The section's id."""


@dataclass(frozen=True, kw_only=True)
class AuthorChoice:
    """An author in the form."""

    slug: str
    """What the form sends."""
    name: str
    """Their name."""
    id: int
    """The person's id."""


@dataclass(frozen=True, kw_only=True)
class Shell:
    """A page with gaps."""

    parts: tuple[str, ...]
    """Text and names of gaps by turns, beginning with text."""
    navigation: Navigation
    """The menu."""
    sections: Mapping[str, SectionChoice]
    """Those in the form, by what it sends."""
    authors: Mapping[str, AuthorChoice]
    """Those in the form, by what it sends."""
    named_authors: Mapping[int, tuple[str, str]]
    """Their names, and what the form sends, by the person's id."""
    hits: dict[int, str] = field(default_factory=dict)
    """Hits that were rendered for this page, by the article's id (see ``shown``)."""

    def fill(self, *, chosen: Mapping[str, str], **gaps: str) -> str:
        """The whole page.

        Args:
            chosen: the option that is chosen in a list of the form, by the list's name.
            gaps: safe HTML for each of the other NAMES.
        """
        filled = [self.parts[0]]
        for name, text in zip(self.parts[1::2], self.parts[2::2], strict=True):
            if option := chosen.get(name):
                value = f'<option value="{escape(option)}"'
                text = text.replace(value, f"{value} selected", 1)
            filled += [gaps.get(name, ""), text]
        return "".join(filled)


_kept: tuple[tuple[int, int], float, Shell] | None = None


def shell() -> Shell:
    """The page around the hits as the paper is now."""
    global _kept
    key, now = (purge_log.newest(), timezone.localdate().year), time.monotonic()
    if _kept is None or _kept[0] != key or now - _kept[1] > KEPT_SECONDS:
        _kept = key, now, _rendered()
    return _kept[2]


def forget() -> None:
    """Keep nothing."""
    global _kept
    _kept = None


def _rendered() -> Shell:
    gaps = {name: f"\ue000{name}\ue001" for name in NAMES}
    around = frame(title=gaps["title"], path="/search/", robots="noindex")
    sections, authors = _sections(around.navigation.items, 0), _authors()
    context = {"frame": around, "sections": sections, "authors": authors, "gap": gaps}
    return Shell(
        parts=tuple(_MARK.split(render_to_string("theme/pages/search.html", context))),
        navigation=around.navigation,
        sections={choice.slug: choice for choice in sections},
        authors={choice.slug: choice for choice in authors},
        named_authors={choice.id: (choice.name, choice.slug) for choice in authors},
    )


def _sections(items: list[MenuItem], depth: int) -> list[SectionChoice]:
    """The sections as the form lists them, parents before children."""
    found: list[SectionChoice] = []
    for item in items:
        found.append(SectionChoice(slug=item.url.strip("/"), title=item.title, depth=depth, id=item.id))
        found += _sections(item.children, depth + 1)
    return found


def _authors() -> list[AuthorChoice]:
    """Those who have something published, by name: one step into the lists' index for each, however long they are."""
    published = Listing.objects.filter(kind=ListKind.PERSON, ref=OuterRef("pk"))
    rows = Person.objects.filter(Exists(published)).order_by("name").values_list("slug", "name", "pk")
    return [AuthorChoice(slug=slug, name=name, id=pk) for slug, name, pk in rows]
