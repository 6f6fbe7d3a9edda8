"""What editors find in the desk while the search engine does not answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

from django.db.models import Case, CharField, Q, When
from wagtail.models import Page
from wagtail.search.query import MATCH_ALL, Phrase, PlainText

from broadsheet.newsroom.models import Article
from broadsheet.readers.search import decide
from broadsheet.readers.search.backend.database import lookup
from broadsheet.readers.search.backend.engine_asking import ask

Answer = TypeVar("Answer")
MOST, LOOKED_AT = 1_000, 50_000
"""Hits of a search, and how many of the newest objects are looked through for them."""


class OrByDatabase:
    """Results of a search in the desk, which the database gives when the engine does not."""

    backend: Any
    query_compiler: Any
    start: int
    stop: int | None
    _score_field: str | None

    def _do_search(self) -> list[Any]:
        begin = super()._do_search  # type: ignore[misc]
        return self._ask(lambda: list(begin()), self._page)

    def _do_count(self) -> int:
        return self._ask(super()._do_count, lambda found: len(found[self.start : self.stop]))  # type: ignore[misc]

    def facet(self, field_name: str) -> dict[Any, int]:
        """How many hits have each value of a field."""
        values = partial(super().facet, field_name)  # type: ignore[misc]
        return self._ask(values, lambda found: _counted(found, field_name))

    def _ask(self, engine: Callable[[], Answer], of_found: Callable[[Any], Answer]) -> Answer:
        """Once the database has found something for a query, it answers the rest: its count agrees with its hits."""
        compiler = self.query_compiler

        def database() -> Answer:
            if not hasattr(compiler, "instead"):
                compiler.instead = by_database(compiler)
            return of_found(compiler.instead)

        return database() if hasattr(compiler, "instead") else ask(engine, self.backend.unreachable, database)

    def _page(self, found: Any) -> list[Any]:
        page = list(found[self.start : self.stop])
        for each in page if self._score_field else ():
            setattr(each, str(self._score_field), None)
        return page


def _counted(found: Any, field_name: str) -> dict[Any, int]:
    return dict(Counter(found.order_by().values_list(field_name, flat=True)).most_common())


def by_database(compiler: Any) -> Any:
    """What a search finds without the engine, as a queryset: by what is typed in headlines and names, the newest first.

    Published articles are found by their text as well, as the database keeps their entries.
    """
    queryset, query = compiler.queryset, compiler.query
    if query == MATCH_ALL:
        return queryset
    if not isinstance(query, PlainText | Phrase):
        return queryset.none()
    parts = [query.query_string] if isinstance(query, Phrase) else query.query_string.split()
    newest = queryset.model._default_manager.order_by("-pk").values("pk")[:LOOKED_AT]
    begun = queryset.order_by("-pk").filter(_named(queryset.model, compiler.fields, parts), pk__in=newest)
    headed, texts = list(begun.values_list("pk", flat=True)[:MOST]), _by_text(compiler)
    found = queryset.filter(pk__in={*headed, *texts})
    if compiler.order_by_relevance or not found.query.order_by:
        found = found.order_by(Case(When(pk__in=headed, then=0), default=1), "-pk")
    return found


def _named(model: Any, fields: Any, parts: list[str]) -> Q:
    """That each part stands in one of a model's short texts."""
    wanted = set(fields or [field.field_name for field in model.get_search_fields()])
    short = {field.name for field in model._meta.get_fields() if isinstance(field, CharField) and field.name in wanted}
    if "title" in short and issubclass(model, Page):
        short.add("draft_title")
    if not short:
        return Q(pk__in=[])
    every = Q()
    for part in parts:
        every &= Q(*((f"{name}__icontains", part) for name in short), _connector=Q.OR)
    return every


def _by_text(compiler: Any) -> list[int]:
    """Published articles that have the words anywhere in their text."""
    if compiler.fields or not issubclass(Article, compiler.queryset.model):
        return []
    typed = compiler.query.query_string
    if isinstance(compiler.query, Phrase):
        typed = f'"{typed}"'
    elif getattr(compiler, "unfinished", False):  # somebody is still typing
        typed = decide.unfinished(typed)
    asked = decide.query(typed, newest_first=True)
    return [pk for pk, _, _ in lookup()(asked, MOST).entries().entries] if asked.terms else []
