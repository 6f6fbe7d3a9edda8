"""What editors find in the desk while the search engine does not answer."""

from __future__ import annotations

import logging
import time
from collections import Counter
from typing import Any

from django.db.models import Case, CharField, Q, When
from wagtail.models import Page
from wagtail.search.query import MATCH_ALL, Phrase, PlainText

from broadsheet.newsroom.models import Article
from broadsheet.readers.search import decide
from broadsheet.readers.search.backend.database import lookup

logger = logging.getLogger("broadsheet.search")
SAID_EVERY_SECONDS = 60.0
MOST, LOOKED_AT = 1_000, 50_000
"""Hits of a search, and how many of the newest objects are looked through for them."""


class Away:
    """Says in the log that the engine does not answer, once a minute at most."""

    def __init__(self) -> None:
        self._said_at = float("-inf")

    def say(self, error: object) -> None:
        """It did not answer."""
        now = time.monotonic()
        if now - self._said_at >= SAID_EVERY_SECONDS:
            self._said_at = now
            logger.warning("The search engine does not answer, so the database does: %s", error)


away = Away()


class OrByDatabase:
    """Results of a search in the desk, which the database gives when the engine does not."""

    backend: Any
    query_compiler: Any
    start: int
    stop: int | None
    _score_field: str | None

    def _do_search(self) -> list[Any]:
        if not hasattr(self.query_compiler, "instead"):
            try:
                return list(super()._do_search())  # type: ignore[misc]
            except self.backend.unreachable as error:
                away.say(error)
        found = list(self._instead()[self.start : self.stop])
        for each in found if self._score_field else ():
            setattr(each, str(self._score_field), None)
        return found

    def _do_count(self) -> int:
        if not hasattr(self.query_compiler, "instead"):
            try:
                return int(super()._do_count())  # type: ignore[misc]
            except self.backend.unreachable as error:
                away.say(error)
        return len(self._instead()[self.start : self.stop])

    def facet(self, field_name: str) -> dict[Any, int]:
        """How many hits have each value of a field."""
        if not hasattr(self.query_compiler, "instead"):
            try:
                return dict(super().facet(field_name))  # type: ignore[misc]
            except self.backend.unreachable as error:
                away.say(error)
        values = self._instead().order_by().values_list(field_name, flat=True)
        return dict(Counter(values).most_common())

    def _instead(self) -> Any:
        """What the database finds; kept with the query, so that one search waits for the engine only once."""
        if not hasattr(self.query_compiler, "instead"):
            self.query_compiler.instead = by_database(self.query_compiler)
        return self.query_compiler.instead


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
