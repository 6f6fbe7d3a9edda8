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
from typing import Any

from broadsheet.newsroom.reads import Reading, Span
from broadsheet.press.surrogate_keys import key_of


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
    changes_at: datetime | None = None
    covered: int = 0
    reading: int = 0

    def dependencies(self) -> frozenset[Dependency]:
        """Everything the leaf depends on."""
        return frozenset([*self.lists, *(Dependency(key=key) for key in self.objects)])

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


def watch(model: type[Any]) -> None:
    """Have every loaded object of a model (and of its children) recorded."""
    load = model.from_db.__func__

    def from_db(cls: type[Any], db: str | None, field_names: list[str], values: list[Any]) -> Any:
        instance = load(cls, db, field_names, values)
        record = _current.get()
        if record is not None and not record.covered:
            record.objects.add(key_of(instance))
        return instance

    model.from_db = classmethod(from_db)


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
        record.lists.append(Dependency(key=reading.key, oldest=span.oldest, newest=span.newest))
