"""Errors of the press.

PressError
├── RenderFailed     a page could not be rendered
└── UnnamedList      a page read a list without naming it, so nobody could purge it
"""

from __future__ import annotations


class PressError(Exception):
    """Something that keeps a page from being printed."""


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
