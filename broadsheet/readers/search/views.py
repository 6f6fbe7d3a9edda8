"""The search page: a plain form and its results; and what is suggested while somebody types."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from broadsheet.newsroom.models import Listing, ListKind, Person, Topic
from broadsheet.newsroom.navigation import MenuItem, Navigation, navigation
from broadsheet.press.pages.frame import frame
from broadsheet.readers.limits import senders
from broadsheet.readers.reading import refusals
from broadsheet.readers.search import decide, suggesting, terms
from broadsheet.readers.search.results import LENGTH, PERIOD_NAMES, address, results

DEEPEST_PAGE = 100
DAY = "j F Y"
SUGGESTED_SECONDS = 60


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


@gzip_page  # compressed here, as no leaf of the edition is; it holds nothing secret
def search(request: HttpRequest) -> HttpResponse:
    """Search the paper for ``q``; the rest of FIELDS narrows, orders and pages."""
    given = {name: request.GET.get(name, "").replace("\x00", "").strip() for name in FIELDS}
    title = f"Search: {given['q']}" if given["q"] else "Search"
    around = frame(title=title[:120], path="/search/", robots="noindex")
    sections, people = choices(around.navigation), authors()
    topic = Topic.objects.filter(slug=given["topic"][:120]).first() if given["topic"] else None
    number = min(int(given["page"]), DEEPEST_PAGE) if given["page"].isdecimal() and int(given["page"] or 0) else 1
    found, now = None, timezone.localtime()
    if given["q"]:
        query = _query(given, sections, people, topic, now)
        found = results(query, number, around.navigation, given, now)
        _note(request, given, found.total)
    more = found is not None and number * LENGTH < found.total and number < DEEPEST_PAGE
    context = {
        "frame": around,
        "query": given["q"],
        "results": found,
        "sections": sections,
        "section": given["section"],
        "authors": people,
        "author": given["author"],
        "topic": topic,
        "since": given["since"],
        "first": decide.day(given["from"]),
        "last": decide.day(given["to"]),
        "order": given["order"] or "relevance",
        "narrowed": _narrowed(given, sections, people, topic),
        "meant_url": address(given, q=found.meant) if found and found.meant else "",
        "older_url": address(given, page=str(number + 1)) if more else "",
        "newer_url": address(given, page=str(number - 1) if number > 2 else "") if number > 1 else "",
    }
    response = TemplateResponse(request, "theme/pages/search.html", context)
    response.headers["Cache-Control"] = "private, no-store"
    return response


FIELDS = ("q", "section", "topic", "author", "since", "from", "to", "order", "page")
NARROWING = ("section", "topic", "author", "since", "from", "to")


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Pages that somebody who has typed ``q`` may look for; the same for every reader, so that caches help."""
    typed = request.GET.get("q", "").replace("\x00", "")
    found = [asdict(suggestion) for suggestion in suggesting.suggestions(typed, navigation())]
    answer = JsonResponse({"suggestions": found})
    answer.headers["Cache-Control"] = f"public, max-age={SUGGESTED_SECONDS}"
    return answer


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


def _query(
    given: dict[str, str], sections: list[SectionChoice], people: list[Person], topic: Topic | None, now: datetime
) -> decide.Query:
    since, until = decide.bounds(given, now)
    return decide.query(
        given["q"],
        section=next((choice.id for choice in sections if choice.slug == given["section"]), None),
        topic=topic.pk if topic else None,
        author=next((person.pk for person in people if person.slug == given["author"]), None),
        since=since,
        until=until,
        newest_first=given["order"] == "newest",
    )


def _narrowed(
    given: dict[str, str], sections: list[SectionChoice], people: list[Person], topic: Topic | None
) -> list[tuple[str, str]]:
    """What narrows the search now: names, with the address of the search without."""
    names = {
        "section": next((choice.title for choice in sections if choice.slug == given["section"]), ""),
        "topic": topic.name if topic else "",
        "author": next((person.name for person in people if person.slug == given["author"]), ""),
        "since": PERIOD_NAMES.get(given["since"], ""),
        "from": f"From {date_format(first, DAY)}" if (first := decide.day(given["from"])) else "",
        "to": f"Until {date_format(last, DAY)}" if (last := decide.day(given["to"])) else "",
    }
    return [(name, address(given, **{field: ""})) for field, name in names.items() if name]


def _note(request: HttpRequest, given: dict[str, str], total: int) -> None:
    """Count what was searched for, once for each reader and day; a program's searches, and narrowed ones, are not."""
    if given["page"] or any(given[name] for name in NARROWING):
        return
    if not refusals.is_refused(request.META):
        terms.note(given["q"], total, senders.hash_of(senders.address_of(request)))
