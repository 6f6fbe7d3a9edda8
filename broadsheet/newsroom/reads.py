"""Announcing what a page reads.

Whoever keeps rendered pages must know which lists a page shows; the newsroom must not know who keeps them. So
every list is read inside ``reading(...)``, and observers (none, by default) are told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One list that is being read."""

    key: str
    """The list's name, such as ``section:7`` or ``navigation``; empty for what is announced later, part by part."""
    whole: bool = False
    """The list stands for the objects in it: they need no keys of their own."""


class Span:
    """How far the reading went; set by the reader once it knows, read by observers afterwards."""

    def __init__(self) -> None:
        self.oldest: datetime | None = None
        self.newest: datetime | None = None

    def between(self, oldest: datetime | None, newest: datetime | None) -> None:
        """Only entries between these dates were looked at; None is open."""
        self.oldest, self.newest = oldest, newest


Observer = Callable[[Reading, Span], AbstractContextManager[None]]

_observers: list[Observer] = []


def observe(observer: Observer) -> None:
    """Have an observer told of every list that is read."""
    if observer not in _observers:
        _observers.append(observer)


@contextmanager
def reading(key: str, *, whole: bool = False) -> Iterator[Span]:
    """Read a list inside this, and say through the span how far it went."""
    span = Span()
    announced = Reading(key=key, whole=whole)
    with ExitStack() as stack:
        for observer in _observers:
            stack.enter_context(observer(announced, span))
        yield span
