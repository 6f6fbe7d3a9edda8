"""Recording what a page shows while it is rendered.

Object keys come from every watched model that is loaded, list keys from ``newsroom.reads``. The recording lives in
a context variable: nothing is passed through views and templates.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from typing import Any

from wagtail.models import Page

from broadsheet.newsroom.models import Section
from broadsheet.newsroom.reads import Reading, Span
from broadsheet.press.facets import CARD, facet_loaded
from broadsheet.press.surrogate_keys import facet_key, key_of, under


@dataclass(frozen=True, kw_only=True)
class Dependency:
    """Something a leaf shows."""

    key: str
    """A surrogate key."""
    oldest: datetime | None = None
    """For a list: the leaf shows nothing older than this; None is open."""
    newest: datetime | None = None
    """For a list: the leaf shows nothing newer than this; None is open."""


@dataclass
class Recording:
    """What has been seen so far in one rendering."""

    objects: set[str] = field(default_factory=set)
    lists: list[Dependency] = field(default_factory=list)
    trees: set[str] = field(default_factory=set)
    changes_at: datetime | None = None
    covered: int = 0
    reading: int = 0

    def dependencies(self) -> frozenset[Dependency]:
        """Everything the leaf depends on; a facet is left out where the whole object is shown anyway."""
        kept = (
            key for key in self.objects if key.partition("#")[0] == key or key.partition("#")[0] not in self.objects
        )
        return frozenset([*self.lists, *(Dependency(key=key) for key in kept)])

    def add_sections_above(self) -> None:
        """Note the sections that the pages seen lie under, whose addresses are part of theirs. One query at most."""
        if self.trees:
            sections = Section.objects.order_by().values_list("pk", "path")
            self.objects.update(
                under(pk) for pk, above in sections if any(path.startswith(above) for path in self.trees)
            )

    def narrow(self, key: str, oldest: datetime | None, *, read: bool = True) -> None:
        """The last stretch of a list shows nothing older than this, or nothing at all if it was not ``read``."""
        place = max((place for place, found in enumerate(self.lists) if found.key == key), default=None)
        if place is not None:
            found = self.lists.pop(place)
            if read:
                self.lists.append(Dependency(key=key, oldest=oldest, newest=found.newest))

    def until(self, moment: datetime | None) -> None:
        """The page will look different by itself at this moment."""
        if moment and (self.changes_at is None or moment < self.changes_at):
            self.changes_at = moment


_current: ContextVar[Recording | None] = ContextVar("recording", default=None)


@contextmanager
def recording() -> Iterator[Recording]:
    """Record what is rendered inside."""
    record = Recording()
    token = _current.set(record)
    try:
        yield record
    finally:
        _current.reset(token)


def current() -> Recording | None:
    """The recording in progress in this context, if any."""
    return _current.get()


@contextmanager
def unseen() -> Iterator[None]:
    """What is loaded inside is not shown, or is recorded by who shows it: no object in it is recorded."""
    record = _current.get()
    if record is None:
        yield
        return
    record.covered += 1
    try:
        yield
    finally:
        record.covered -= 1


@contextmanager
def seen() -> Iterator[None]:
    """Inside what is ``unseen``: this is shown again."""
    record = _current.get()
    if record is None:
        yield
        return
    covered, record.covered = record.covered, 0
    try:
        yield
    finally:
        record.covered = covered


def shows(key: str) -> None:
    """Note that the page shows an object, or a facet of one, by its key."""
    record = _current.get()
    if record is not None:
        record.objects.add(key)


def shows_page(page: Page, facet: str = "") -> None:
    """Note that this is the page at the address itself, or that a facet of it is shown there."""
    record = _current.get()
    if record is not None:
        record.objects.add(facet_key(key_of(page), facet))
        record.trees.add(page.path)


def watch(model: type[Any]) -> None:
    """Have every loaded object of a model (and of its children) recorded, by the facet that was loaded."""
    load = model.from_db.__func__

    def from_db(cls: type[Any], db: str | None, field_names: list[str], values: list[Any]) -> Any:
        instance = load(cls, db, field_names, values)
        record = _current.get()
        if record is not None and not record.covered:
            facet = _facet_of(cls, tuple(field_names))  # type: ignore[arg-type]  # a class is hashable
            record.objects.add(facet_key(key_of(instance), facet))
            if facet != CARD and isinstance(instance, Page) and "path" in field_names:
                record.trees.add(instance.path)
        return instance

    model.from_db = classmethod(from_db)


@lru_cache(maxsize=1024)
def _facet_of(model: type[Any], attributes: tuple[str, ...]) -> str:
    names = [field.name for field in model._meta.concrete_fields if field.attname in set(attributes)]
    return facet_loaded(model, names)


@contextmanager
def observe_reading(reading: Reading, span: Span) -> Iterator[None]:
    """Record a list that the newsroom announces; a whole list covers the objects in it."""
    record = _current.get()
    if record is None:
        yield
        return
    record.reading += 1
    record.covered += reading.whole
    try:
        yield
    finally:
        record.reading -= 1
        record.covered -= reading.whole
        if reading.key:
            record.lists.append(Dependency(key=reading.key, oldest=span.oldest, newest=span.newest))
