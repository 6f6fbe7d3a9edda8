"""A page of results: hits, what narrows them, what was perhaps meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from heapq import nsmallest
from urllib.parse import urlencode

from django.utils.safestring import SafeString

from broadsheet.newsroom.models import Topic
from broadsheet.newsroom.navigation import MenuItem
from broadsheet.readers.search import facets, spelling
from broadsheet.readers.search.decide import PERIODS, Query
from broadsheet.readers.search.find import find
from broadsheet.readers.search.shell import Shell
from broadsheet.readers.search.shown import shown

LENGTH = 20
MOST_CHOICES = 8
PERIOD_NAMES = {"day": "Past day", "week": "Past week", "month": "Past month", "year": "Past year"}


@dataclass(frozen=True, kw_only=True)
class Choice:
    """A way to narrow the hits."""

    name: str
    """What to."""
    count: int
    """How many of those that were counted."""
    url: str
    """The same search, narrowed."""


@dataclass(frozen=True, kw_only=True)
class Facet:
    """Ways to narrow the hits that exclude each other."""

    name: str
    """What they are."""
    choices: tuple[Choice, ...]
    """Those with most hits first."""


@dataclass(frozen=True, kw_only=True)
class Results:
    """What was found."""

    hits: list[SafeString]
    """This page of it, as HTML."""
    total: int
    """In all, counted up to a limit."""
    more: bool
    """Whether there are more than were counted."""
    facets: tuple[Facet, ...]
    """What narrows them."""
    back_to: date | None
    """The first day that was looked through, if older ones were not."""
    older: str
    """The same search in those."""
    meant: str
    """What was perhaps meant, where nothing was found; it finds something."""


def results(query: Query, number: int, around: Shell, given: Mapping[str, str], now: datetime) -> Results:
    """Search, and gather what the page shows. A number of queries that depends on nothing.

    Args:
        query: what to look for.
        number: of the page.
        around: the page around the hits.
        given: what the form sent.
        now: where the periods end.
    """
    found = find(query, (number - 1) * LENGTH, LENGTH)
    counted = facets.count(found.all, now) if found.total > 1 else None
    return Results(
        hits=shown(found.hits, around),
        total=found.total,
        more=found.is_capped,
        facets=tuple(_facets(counted, around, given)) if counted else (),
        back_to=found.back_to,
        older=address(given, to=f"{found.back_to - timedelta(days=1):%Y-%m-%d}") if found.back_to else "",
        meant="" if found.total or found.back_to else meant(query),
    )


def meant(query: Query) -> str:
    """A search like this one that finds something; empty if there is none."""
    text = spelling.instead(query)
    if not text:
        return ""
    from broadsheet.readers.search import decide

    read = decide.query(text)
    return text if find(replace(query, terms=read.terms, without=read.without), 0, 1).total else ""


def address(given: Mapping[str, str], **change: str) -> str:
    """The address of a search like this one."""
    kept = {name: value for name, value in {**given, "page": "", **change}.items() if value}
    return "/search/?" + urlencode(kept)


def _facets(counted: facets.Counts, around: Shell, given: Mapping[str, str]) -> list[Facet]:
    sections = {item.id: (item.title, item.url.strip("/")) for item in flat(around.navigation.items)}
    rows = Topic.objects.filter(pk__in=_most(counted.topics)).values_list("pk", "name", "slug")
    topics = {pk: (name, slug) for pk, name, slug in rows}
    found = [
        _facet("Section", "section", counted.sections, sections, given),
        _facet("Topic", "topic", counted.topics, topics, given),
        _facet("Author", "author", counted.authors, around.named_authors, given),
    ]
    periods = tuple(
        Choice(name=PERIOD_NAMES[name], count=counted.periods[name], url=address(given, since=name))
        for name in PERIODS
        if counted.periods[name] and not given["since"]
    )
    return [facet for facet in (*found, Facet(name="Published", choices=periods)) if facet.choices]


def _facet(
    name: str, field: str, counts: Mapping[int, int], known: Mapping[int, tuple[str, str]], given: Mapping[str, str]
) -> Facet:
    choices = [
        Choice(name=known[ref][0], count=counts[ref], url=address(given, **{field: known[ref][1]}))
        for ref in _most(counts)
        if ref in known and known[ref][1] != given[field]
    ]
    return Facet(name=name, choices=tuple(choices))


def _most(counts: Mapping[int, int]) -> list[int]:
    return nsmallest(MOST_CHOICES, counts, key=lambda ref: (-counts[ref], ref))


def flat(items: list[MenuItem]) -> list[MenuItem]:
    """A menu's items, each before those below it."""
    return [found for item in items for found in (item, *flat(item.children))]
