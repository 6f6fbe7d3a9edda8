"""The search page: a plain form and its results."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.views.decorators.gzip import gzip_page

from broadsheet.newsroom import lists
from broadsheet.newsroom.models import Listing, ListKind, Person
from broadsheet.newsroom.navigation import MenuItem, Navigation
from broadsheet.press.pages.cards import Card, card
from broadsheet.press.pages.frame import frame
from broadsheet.readers.search import decide
from broadsheet.readers.search.find import Found, find

LENGTH = 20
DEEPEST_PAGE = 100


@dataclass(frozen=True, kw_only=True)
class SectionChoice:
    """A section in the form."""

    slug: str
    """Its path without the outer slashes: what the form sends."""
    title: str
    """Its name."""
    depth: int
    """How far to indent it."""
    id: int
    """The section's id."""


@dataclass(frozen=True, kw_only=True)
class Result:
    """A hit as it is shown."""

    card: Card
    """The article."""
    snippet: str
    """Safe HTML."""


@dataclass(frozen=True, kw_only=True)
class Results:
    """What was found."""

    hits: list[Result]
    """This page of it."""
    total: int
    """In all, counted up to a limit."""
    more: bool
    """Whether there are more than were counted."""


@gzip_page  # compressed here, as no leaf of the edition is; it holds nothing secret
def search(request: HttpRequest) -> HttpResponse:
    """Search the paper: ``q``, and filters ``section``, ``author``, ``since``, ``order``, ``page``."""
    given = {name: request.GET.get(name, "").replace("\x00", "").strip() for name in FIELDS}
    title = f"Search: {given['q']}" if given["q"] else "Search"
    around = frame(title=title[:120], path="/search/", robots="noindex")
    sections = choices(around.navigation)
    people = authors()
    number = min(int(given["page"]), DEEPEST_PAGE) if given["page"].isdigit() and given["page"] != "0" else 1
    results = _results(_query(given, sections, people), number, around.navigation) if given["q"] else None
    more = results is not None and number * LENGTH < results.total and number < DEEPEST_PAGE
    context = {
        "frame": around,
        "query": given["q"],
        "results": results,
        "sections": sections,
        "section": given["section"],
        "authors": people,
        "author": given["author"],
        "since": given["since"],
        "order": given["order"] or "relevance",
        "older_url": _page(given, number + 1) if more else "",
        "newer_url": _page(given, number - 1) if number > 1 else "",
    }
    response = TemplateResponse(request, "theme/pages/search.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


FIELDS = ("q", "section", "author", "since", "order", "page")


def choices(menu: Navigation) -> list[SectionChoice]:
    """The sections as the form lists them, parents before children."""
    found: list[SectionChoice] = []

    def add(items: list[MenuItem], depth: int) -> None:
        for item in items:
            found.append(SectionChoice(slug=item.url.strip("/"), title=item.title, depth=depth, id=item.id))
            add(item.children, depth + 1)

    add(menu.items, 0)
    return found


def authors() -> list[Person]:
    """Those who have something published, by name: one step into the lists' index for each, however long they are."""
    published = Listing.objects.filter(kind=ListKind.PERSON, ref=OuterRef("pk"))
    return list(Person.objects.filter(Exists(published)).order_by("name"))


def _query(given: dict[str, str], sections: list[SectionChoice], people: list[Person]) -> decide.Query:
    section = next((choice.id for choice in sections if choice.slug == given["section"]), None)
    author = next((person.pk for person in people if person.slug == given["author"]), None)
    return decide.Query(
        text=given["q"],
        phrases=decide.phrases(given["q"]),
        section=section,
        author=author,
        since=decide.since(given["since"], timezone.now()),
        newest_first=given["order"] == "newest",
    )


def _results(query: decide.Query, number: int, menu: Navigation) -> Results:
    found: Found = find(query, (number - 1) * LENGTH, LENGTH)
    articles = lists.articles(hit.article for hit in found.hits)
    hits = [
        Result(card=card(articles[hit.article], menu), snippet=hit.snippet)
        for hit in found.hits
        if hit.article in articles
    ]
    return Results(hits=hits, total=found.total, more=found.is_capped)


def _page(given: dict[str, str], number: int) -> str:
    kept = {name: value for name, value in given.items() if value and name != "page"}
    return "/search/?" + urlencode({**kept, "page": number} if number > 1 else kept)
