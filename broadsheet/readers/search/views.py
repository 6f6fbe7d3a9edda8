"""The search page: a plain form and its results; and what is suggested while somebody types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import escape, format_html_join
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import require_safe

from broadsheet.newsroom.models import Topic
from broadsheet.readers.limits import senders
from broadsheet.readers.reading import refusals
from broadsheet.readers.search import decide, suggesting, terms
from broadsheet.readers.search.results import LENGTH, PERIOD_NAMES, Results, address, results
from broadsheet.readers.search.shell import Shell, shell

FIELDS = ("q", "section", "topic", "author", "since", "from", "to", "order", "page")
NARROWING = ("section", "topic", "author", "since", "from", "to")
CHOSEN = ("section", "author", "order")
DEEPEST_PAGE = 100
DAY = "j F Y"
SUGGESTED_SECONDS = 60


@gzip_page  # compressed here, as no leaf of the edition is; it holds nothing secret
def search(request: HttpRequest) -> HttpResponse:
    """Search the paper for ``q``; the rest of FIELDS narrows, orders and pages."""
    given = {name: request.GET.get(name, "").replace("\x00", "").strip() for name in FIELDS}
    around, now = shell(), timezone.localtime()
    topic = Topic.objects.filter(slug=given["topic"][:120]).first() if given["topic"] else None
    number = min(decide.page_number(given["page"]), DEEPEST_PAGE)
    found = None
    if given["q"]:
        asked = _query(given, around, topic, now)
        found = results(asked, number, around, given, now)
        _note(request, given, found.total)
    response = HttpResponse(_page(given, around, topic, found, number))
    response.headers["Cache-Control"] = "private, no-store"
    return response


@require_safe
def suggest(request: HttpRequest) -> HttpResponse:
    """Pages that somebody who has typed ``q`` may look for; the same for every reader, so that caches help."""
    typed = request.GET.get("q", "").replace("\x00", "")
    found = [asdict(suggestion) for suggestion in suggesting.suggestions(typed, shell().navigation)]
    answer = JsonResponse({"suggestions": found})
    answer.headers["Cache-Control"] = f"public, max-age={SUGGESTED_SECONDS}"
    return answer


def _page(given: dict[str, str], around: Shell, topic: Topic | None, found: Results | None, number: int) -> str:
    more = found is not None and number * LENGTH < found.total and number < DEEPEST_PAGE
    context = {
        "query": given["q"],
        "results": found,
        "narrowed": _narrowed(given, around, topic),
        "meant_url": address(given, q=found.meant) if found and found.meant else "",
        "older_url": address(given, page=str(number + 1)) if more else "",
        "newer_url": address(given, page=str(number - 1) if number > 2 else "") if number > 1 else "",
    }
    hidden = [("topic", topic.slug)] if topic else []
    hidden += [("since", given["since"])] if given["since"] in PERIOD_NAMES else []
    return around.fill(
        chosen={name: given[name] for name in CHOSEN},
        title=escape(f"Search: {given['q']}"[:120] if given["q"] else "Search"),
        query=escape(given["q"]),
        hidden=format_html_join("", '<input type="hidden" name="{}" value="{}">', hidden),
        results=render_to_string("theme/partials/search_results.html", context),
        **{name: f"{day:%Y-%m-%d}" if (day := decide.day(given[name])) else "" for name in ("from", "to")},
    )


def _query(given: dict[str, str], around: Shell, topic: Topic | None, now: datetime) -> decide.Query:
    section, author = around.sections.get(given["section"]), around.authors.get(given["author"])
    since, until = decide.bounds(given, now)
    return decide.query(
        given["q"],
        section=section.id if section else None,
        topic=topic.pk if topic else None,
        author=author.id if author else None,
        since=since,
        until=until,
        newest_first=given["order"] == "newest",
    )


def _narrowed(given: Mapping[str, str], around: Shell, topic: Topic | None) -> list[tuple[str, str]]:
    """What narrows the search now: names, with the address of the search without."""
    section, author = around.sections.get(given["section"]), around.authors.get(given["author"])
    first, last = decide.day(given["from"]), decide.day(given["to"])
    names = {
        "section": section.title if section else "",
        "topic": topic.name if topic else "",
        "author": author.name if author else "",
        "since": PERIOD_NAMES.get(given["since"], ""),
        "from": f"From {date_format(first, DAY)}" if first else "",
        "to": f"Until {date_format(last, DAY)}" if last else "",
    }
    return [(name, address(given, **{field: ""})) for field, name in names.items() if name]


def _note(request: HttpRequest, given: dict[str, str], total: int) -> None:
    """Count what was searched for, once for each reader and day; a program's searches, and narrowed ones, are not."""
    if given["page"] or any(given[name] for name in NARROWING):
        return
    if not refusals.is_refused(request.META):
        terms.note(given["q"], total, senders.hash_of(senders.address_of(request)))
