"""Errors of the press.

PressError
├── RenderFailed       a page could not be rendered
├── UnnamedList        a page read a list without naming it, so nobody could purge it
└── HistoryError       the history cannot do what was asked
    ├── NoSuchMoment   what was written is neither a snapshot nor a time
    ├── NotKept        the moment lies before what the history keeps, or is still to come
    └── NameTaken      a snapshot of that name exists
"""

from __future__ import annotations


class PressError(Exception):
    """Something that keeps a page from being printed, shown or brought to readers."""


class RenderFailed(PressError):
    """A page's view answered with a server error."""

    def __init__(self, *, path: str, cause: str) -> None:
        self.path = path
        super().__init__(f"{path} could not be rendered: {cause}. The page as last printed goes on being served.")


class UnnamedList(PressError):
    """A list was read outside ``newsroom.reads.reading``."""

    def __init__(self, *, sql: str) -> None:
        self.sql = sql
        super().__init__(f"A page ran a list query that named no key; read it inside reading(...): {sql[:300]}")


class HistoryError(PressError):
    """The history cannot do what was asked."""


class NoSuchMoment(HistoryError):
    """What was written is neither a snapshot nor a time."""

    def __init__(self, *, text: str) -> None:
        self.text = text
        super().__init__(
            f"{text!r} is neither a snapshot (see `press list`) nor a time such as 08:00 or 2025-06-09 08:00."
        )


class NotKept(HistoryError):
    """A moment that the history cannot show whole."""

    def __init__(self, *, moment: str, since: str) -> None:
        self.moment = moment
        super().__init__(f"{moment} is not kept: the history goes from {since} to now, and to the snapshots before it.")


class NameTaken(HistoryError):
    """A snapshot of that name exists."""

    def __init__(self, *, name: str) -> None:
        self.name = name
        super().__init__(f"There is a snapshot {name!r} already: choose another name, or drop it first.")
