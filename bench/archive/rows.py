"""An article as rows, the same that the product writes when it publishes (see check.py)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from wagtail.models import Page, PageLogEntry, ReferenceIndex, Revision
from wagtail.search.models import IndexEntry

from bench.archive.bodies import blocks_of, key_of, searchable
from bench.archive.indexes import references, searched
from bench.archive.plan import Planned
from bench.archive.revisions import history
from bench.archive.table import Row, Table
from bench.archive.world import World
from broadsheet.newsroom import decide
from broadsheet.newsroom.actions import month_of
from broadsheet.newsroom.models import Article, Byline, Listing, ListKind, TopicLink
from broadsheet.readers.search.models import SearchEntry

MOST_AUTHORS, MOST_TOPICS, MOST_REVISIONS = 2, 4, 2
KINDS = (
    Page, Article, Byline, TopicLink, Listing, Revision, PageLogEntry, ReferenceIndex, SearchEntry, IndexEntry,
)  # fmt: skip
"""The models whose rows are written, those that others refer to first."""
FIRST_STEP = 200
"""Steps in the page tree below it are the sections' own."""
STEPS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Rows:
    """Makes the rows of articles."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.tables = {kind: Table(kind) for kind in KINDS}
        self.numbered = {Page, Byline, TopicLink, Revision}
        self.draft = Article(live=False).serializable_data()
        self.when: Callable[[datetime], Any] = _text if connection.vendor == "sqlite" else _same


class Written:
    """One article on its way to rows."""

    def __init__(self, rows: Rows, planned: Planned) -> None:
        self.make, self.world, self.planned, self.when = rows, rows.world, planned, rows.when
        first, number = self.world.first, planned.number
        self.page = first["Page"] + number
        self.revisions = [
            first["Revision"] + number * MOST_REVISIONS + n for n in range(2 if planned.updated_at else 1)
        ]
        self.bylines = _pairs(first["Byline"] + number * MOST_AUTHORS, planned.authors, self.world.authors)
        self.links = _pairs(first["TopicLink"] + number * MOST_TOPICS, planned.topics, self.world.topics)
        self.section = self.world.sections[planned.section]
        self.user = self.world.users[number % len(self.world.users)]
        self.picture = None if planned.picture is None else self.world.pictures[planned.picture]
        self.key = key_of(planned, self.world)
        self.blocks = blocks_of(planned, self.world)
        self.body_text = " ".join(searchable(block) for block in planned.blocks)
        self.words = decide.count_words(self.body_text)
        self.last = planned.updated_at or planned.at

    def row(self, model: Any, *first: Any, **values: Any) -> tuple[Any, Row]:
        """A row of a model, with the model."""
        return model, self.make.tables[model].row(*first, **values)

    def rows(self) -> Iterator[tuple[Any, Row]]:
        """All its rows, each with the model whose table it is for."""
        yield self._page()
        yield self._article()
        for place, (pk, person, _) in enumerate(self.bylines):
            yield self.row(Byline, pk, article_id=self.page, person_id=person, sort_order=place)
        for place, (pk, topic, _) in enumerate(self.links):
            yield self.row(TopicLink, pk, article_id=self.page, topic_id=topic, sort_order=place)
        for kind, ref in self.lists():
            yield self.row(Listing, kind=kind, ref=ref, listed_at=self.when(self.planned.at), article_id=self.page)
        yield from history(self)
        yield from references(self)
        yield from searched(self)

    def lists(self) -> list[tuple[int, int]]:
        """The lists it stands in."""
        return [
            (int(ListKind.SITE), 0),
            *((int(ListKind.SECTION), pk) for pk in self.section.above),
            *((int(ListKind.PERSON), pk) for _, pk, _ in self.bylines),
            *((int(ListKind.TOPIC), pk) for _, pk, _ in self.links),
        ]

    def _page(self) -> tuple[Any, Row]:
        planned, at, last = self.planned, self.when(self.planned.at), self.when(self.last)
        return self.row(
            Page,
            self.page,
            path=self.path,
            depth=self.section.depth + 1,
            title=planned.title,
            draft_title=planned.title,
            slug=planned.slug,
            url_path=self.address,
            content_type_id=self.world.types["article"],
            owner_id=self.user,
            live=True,
            latest_revision_created_at=last,
            first_published_at=at,
            last_published_at=last,
            live_revision_id=self.revisions[-1],
            latest_revision_id=self.revisions[-1],
            locale_id=self.world.locale,
            translation_key=self.key.hex,
        )

    def _article(self) -> tuple[Any, Row]:
        planned = self.planned
        return self.row(
            Article,
            page_ptr_id=self.page,
            standfirst=planned.standfirst,
            format=planned.format,
            published_at=self.when(planned.at),
            updated_at=self.when(planned.updated_at) if planned.updated_at else None,
            body=json.dumps(self.blocks),
            body_text=self.body_text,
            words=self.words,
            lead_picture_id=self.picture,
        )

    @property
    def path(self) -> str:
        """Its place in the page tree."""
        step, number = "", FIRST_STEP + self.planned.number
        while number:
            number, digit = divmod(number, len(STEPS))
            step = STEPS[digit] + step
        return self.section.path + step.rjust(Page.steplen, "0")

    @property
    def address(self) -> str:
        """Its address there."""
        return f"{self.section.url_path}{self.planned.slug}/"


def months_of(planned: Planned, lists: list[tuple[int, int]]) -> Iterator[tuple[int, int, Any]]:
    """The months in which an article counts, by list."""
    month = month_of(planned.at)
    return ((kind, ref, month) for kind, ref in lists)


def _pairs(first: int, chosen: tuple[int, ...], among: tuple[Any, ...]) -> list[tuple[int, int, str]]:
    return [(first + n, *among[index]) for n, index in enumerate(chosen)]


def _text(at: datetime) -> str:
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def _same(at: datetime) -> datetime:
    return at
