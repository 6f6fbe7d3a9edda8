"""What the front answers before it looks for a page: small applications of the rooms above, by their addresses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from broadsheet.newsroom import own_addresses

Answering = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Early:
    """The applications, by the beginning of their addresses."""

    def __init__(self) -> None:
        self.prefixes: tuple[str, ...] = ()
        self._applications: dict[str, Answering] = {}

    def add(self, prefix: str, application: Answering) -> None:
        """Have addresses that begin so answered by a WSGI application, which must not wait for anything."""
        own_addresses.keep(prefix)
        self._applications[prefix] = application
        self.prefixes = tuple(self._applications)

    def application(self, path: str) -> Answering:
        """Who answers an address that begins with one of the prefixes."""
        return next(found for prefix, found in self._applications.items() if path.startswith(prefix))
