"""What can be followed, by its kind and address: its name, its page, its feeds."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from broadsheet.newsroom.models import Article, ListKind, Person, Section, Topic
from broadsheet.readers.newsletters.decide.personal import Place

KINDS = {"section": ListKind.SECTION, "author": ListKind.PERSON, "topic": ListKind.TOPIC}
NAMES = {kind: name for name, kind in KINDS.items()}


@dataclass(frozen=True, kw_only=True)
class Followed:
    """A section, an author or a topic."""

    place: Place
    """The newsroom's list of it."""
    kind: str
    """A name of KINDS."""
    name: str
    """As readers know it."""
    url: str
    """Its page; the feeds lie below it."""

    @property
    def value(self) -> str:
        """What a form says of it."""
        return f"{self.kind}:{self.place[1]}"

    @property
    def feed(self) -> str:
        """Its feed."""
        return f"{self.url}feed/rss.xml"


def of_article(article: Article) -> list[Followed]:
    """What an article invites to follow: its topics (the story it belongs to), its authors, its section."""
    found = [one("topic", link.topic) for link in article.topic_links.select_related("topic")]
    found += [one("author", byline.person) for byline in article.bylines.select_related("person")]
    section = Section.objects.parent_of(article).first()
    return found + ([one("section", section)] if section else [])


def named(places: Iterable[Place]) -> list[Followed]:
    """Places by name, in the order sections, authors, topics; what is gone is left out. Three queries at most."""
    by_kind: dict[int, list[int]] = {}
    for kind, ref in places:
        by_kind.setdefault(kind, []).append(ref)
    models: dict[str, Any] = {"section": Section.objects.live(), "author": Person.objects, "topic": Topic.objects}
    return [
        one(name, found)
        for name, kind in KINDS.items()
        if kind in by_kind
        for found in models[name].filter(pk__in=by_kind[kind])
    ]


def read(values: Iterable[str]) -> list[Place]:
    """Places from a form's values; what is none is left out."""
    pairs = (value.partition(":") for value in values)
    return [
        (int(KINDS[kind]), int(ref))
        for kind, _, ref in pairs
        if kind in KINDS and ref.isascii() and ref.isdecimal() and len(ref) < 19
    ]


def one(kind: str, found: Any) -> Followed:
    """A section, an author or a topic as it is followed."""
    url = (found.get_url() if kind == "section" else found.get_absolute_url()) or "/"
    name = found.title if kind == "section" else found.name
    return Followed(place=(int(KINDS[kind]), found.pk), kind=kind, name=name, url=url)
