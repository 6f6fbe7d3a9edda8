"""What both databases' search of pages has in common."""

from __future__ import annotations

from typing import Any

from wagtail.models import Page
from wagtail.search.query import Phrase, PlainText

MOST = 1_000
"""Hits looked at, from the newest."""


class NewestFirst:
    """A query compiler that looks for pages from the newest on, and stops when it has MOST."""

    queryset: Any
    query: Any
    order_by_relevance: bool
    _newest: list[int] | None = None

    def search(self, config: Any, start: int, stop: int | None, score_field: str | None = None, **more: Any) -> Any:
        """The hits from ``start`` to ``stop`` as a queryset; what is not a search of pages is the library's."""
        pages = issubclass(self.queryset.model, Page) and isinstance(self.query, PlainText | Phrase)
        if not pages or score_field:
            return super().search(config, start, stop, score_field=score_field, **more)  # type: ignore[misc]
        if self._newest is None:  # asked for again to count
            self._newest = [int(pk) for pk in self.entries(config)[:MOST]]
        found = self.queryset.filter(pk__in=self._newest)
        if self.order_by_relevance or not found.query.order_by:
            found = found.order_by("-pk")
        return found[start:stop]

    def entries(self, config: Any) -> Any:
        """Ids of the pages that the index has for the query, newest entry first, not yet read."""
        raise NotImplementedError


class WithoutFacets:
    """Results that are not counted by type: that would look at every hit."""

    supports_facet = False


class WithoutNorms:
    """An index that keeps no mean length of headlines: only the library's ranking would read it."""

    def _refresh_title_norms(self, full: bool = False) -> None:
        pass
