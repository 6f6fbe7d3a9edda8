"""Finding the fronts and judging what was curated on them, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from broadsheet.desk.fronts.decide import Known, Problem, problems_of, slots_of
from broadsheet.newsroom.models import Article, HomePage, Section


@dataclass(frozen=True, kw_only=True)
class Front:
    """A front as the desk lists it."""

    page: Any
    """The home page or a section's page."""
    level: int
    """0 for the home page, 1 for sections under it, and so on."""
    containers: int
    """How many containers were arranged; 0 is the standard front."""
    problems: tuple[Problem, ...]
    """What readers will not see as it was meant."""


def fronts() -> list[Front]:
    """The home page and every section, as published: three queries."""
    homes = list(HomePage.objects.order_by("path"))
    pages = [*homes, *Section.objects.order_by("path")]
    known = _known([slot for page in pages for slot in _slots(page)])
    top = homes[0].depth if homes else 2
    return [
        Front(
            page=page,
            level=page.depth - top,
            containers=len(page.containers.raw_data),
            problems=problems_of(_slots(page), known, timezone.now()),
        )
        for page in pages
    ]


def problems_on(page: Any) -> tuple[Problem, ...]:
    """What is wrong on one front, as it stands in this object: one query."""
    slots = _slots(page)
    return problems_of(slots, _known(slots), timezone.now()) if slots else ()


def _slots(page: Any) -> list[Any]:
    # Raw values: reading the blocks themselves would look up every article by itself.
    prepared = page.containers.get_prep_value()
    return slots_of((block["type"], block["value"]) for block in prepared)


def _known(slots: Sequence[Any]) -> dict[int, Known]:
    wanted = {slot.article for slot in slots if slot.article}
    rows = Article.objects.filter(pk__in=wanted).order_by().values_list("pk", "title", "live") if wanted else []
    return {pk: Known(title=title, live=live) for pk, title, live in rows}
