"""What both databases' search has in common: pages from the newest on, and the readers' entries."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, QuerySet, When
from wagtail.models import Page
from wagtail.search.query import Phrase, PlainText

from broadsheet.newsroom.models import Article
from broadsheet.readers.search import decide
from broadsheet.readers.search.backend.cleaned import cleaned
from broadsheet.readers.search.backend.looking import Looked, Lookup
from broadsheet.readers.search.models import SearchEntry

MOST = 1_000
"""Hits looked at, from the newest."""


class NewestFirst:
    """A query compiler that looks for pages from the newest on, and stops when it has MOST.

    Pages whose headline or standfirst has the words come first, then articles that have them elsewhere in their text.
    """

    queryset: Any
    query: Any
    order_by_relevance: bool
    fields: Any
    lookup: type[Lookup]
    """Where published articles are looked for by their whole text."""
    _found: tuple[list[int], list[int]] | None = None

    def search(self, config: Any, start: int, stop: int | None, score_field: str | None = None, **more: Any) -> Any:
        """The hits from ``start`` to ``stop`` as a queryset; what is not a search of pages is the library's."""
        pages = issubclass(self.queryset.model, Page) and isinstance(self.query, PlainText | Phrase)
        if not pages or score_field:
            return super().search(config, start, stop, score_field=score_field, **more)  # type: ignore[misc]
        if self._found is None:  # asked for again to count
            self._found = [int(pk) for pk in self.entries(config)[:MOST]], self._by_text()
        headed, texts = self._found
        found = self.queryset.filter(pk__in={*headed, *texts})
        if self.order_by_relevance or not found.query.order_by:
            found = found.order_by(Case(When(pk__in=headed, then=0), default=1), "-pk")
        return found[start:stop]

    def entries(self, config: Any) -> Any:
        """Ids of the pages that the index has for the query, newest entry first, not yet read."""
        raise NotImplementedError

    def _by_text(self) -> list[int]:
        """Published articles that have the words anywhere in their text."""
        if self.fields or not issubclass(Article, self.queryset.model):
            return []
        asked = decide.query(self.text(self.query.query_string), newest_first=True)
        return [pk for pk, _, _ in self.lookup(asked, MOST).entries().entries] if asked.terms else []

    def text(self, typed: str) -> str:
        """What was asked for, as a reader would type it."""
        return f'"{typed}"' if isinstance(self.query, Phrase) else typed


class Unfinished:
    """A query compiler for somebody who is still typing."""

    def text(self, typed: str) -> str:
        """What was typed, with its last word taken for a beginning."""
        return decide.unfinished(typed)


class LooksUpEntries:
    """A backend that has the readers' entries in the database."""

    lookup: type[Lookup]
    unreachable: tuple[type[Exception], ...] = ()
    """What is raised when a search engine does not answer: here is none."""

    def _search(self, compiler: Any, query: Any, model: Any, **more: Any) -> Any:
        """The library's, which takes a quotation mark on SQLite for syntax."""
        asked = cleaned(query)
        if not asked:  # results that hold nothing: the library's own for such a case break the desk's listings
            asked, model = "-", (model if isinstance(model, QuerySet) else model.objects).none()
        return super()._search(compiler, asked, model, **more)  # type: ignore[misc]

    def entries(self, query: decide.Query, limit: int) -> Looked:
        """Published articles, the best of the newest: ids, dates and marks.

        Args:
            query: what to look for; it has at least one term.
            limit: how many of the newest are looked at.
        """
        return self.lookup(query, limit).entries()

    def prepare(self) -> bool:
        """Nothing is missing: the database's migrations make the indexes."""
        return False

    def forget(self, index: str, document: str) -> None:
        """There is no document: a job was left over from an engine that the site no longer has."""


class WithoutFacets:
    """Results that are not counted by type: that would look at every hit."""

    supports_facet = False


class WithoutNorms:
    """An index that keeps no mean length of headlines, which only the library's ranking would read, and no entries."""

    def add_items(self, model: Any, items: Any) -> None:
        """Index objects; entries have an index of their own, which the database keeps."""
        if not issubclass(model, SearchEntry):
            super().add_items(model, items)  # type: ignore[misc]

    def delete_item(self, item: Any) -> None:
        """Forget an object."""
        if not isinstance(item, SearchEntry):
            super().delete_item(item)  # type: ignore[misc]

    def _refresh_title_norms(self, full: bool = False) -> None:
        pass
