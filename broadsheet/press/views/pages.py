"""Pages that editors make, and lists of articles: all of them leaves."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from wagtail import hooks
from wagtail.models import Page

from broadsheet.newsroom import lists
from broadsheet.newsroom.lists import Cursor, ListRef
from broadsheet.newsroom.models import ListKind, Person, Section, Topic
from broadsheet.newsroom.reads import reading
from broadsheet.press import facets, recorder, structured_data
from broadsheet.press.history.recording import first_published
from broadsheet.press.leaves import keep_out, leaf
from broadsheet.press.pages import archive as archives
from broadsheet.press.pages.cards import cards
from broadsheet.press.pages.context import section_frame
from broadsheet.press.pages.frame import Frame, feed_links, frame

PERIOD_LENGTH = 100
"""Articles on one page of a month or a day."""


@leaf(hot=True, surveyed=True)
def page(request: HttpRequest, path: str = "") -> HttpResponse:
    """A page of the tree. One that only some may see is served, never kept."""
    found = routed(request, path)
    if found is not None:
        first_published(request, found.first_published_at)
        if is_restricted(found):
            keep_out(request)
    return _served(request, path)


@leaf(surveyed=True)
def older(request: HttpRequest, path: str, cursor: str) -> HttpResponse:
    """An older page of a section's archive."""
    section = routed(request, path, facets.FEED)
    before = archives.read_cursor(cursor)
    if not isinstance(section, Section) or before is None or is_restricted(section):
        raise Http404
    base, of = section.get_url() or "/", ListRef(kind=ListKind.SECTION, ref=section.pk)
    around = section_frame(section, f"{base}older/{cursor}/")
    listed = archives.archive(of, base, around.navigation, before=before)
    _keep_out_made_up(request, of, before)
    if not listed.cards:
        raise Http404
    context = {"frame": around, "section": section, "archive": listed, "subsections": [], "containers": []}
    return _render(request, "theme/pages/section.html", context)


@leaf(surveyed=True)
def author(request: HttpRequest, slug: str, cursor: str = "") -> HttpResponse:
    """An author's page and archive."""
    person = get_object_or_404(Person.objects.select_related("portrait"), slug=slug)
    base = person.get_absolute_url()
    around = _list_frame(person.name, base, cursor, person.short_bio)
    around.structured_data.append(structured_data.profile(person, around))
    listed = _listed(request, ListRef(kind=ListKind.PERSON, ref=person.pk), base, cursor, around)
    return _render(request, "theme/pages/author.html", {"frame": around, "person": person, "archive": listed})


@leaf(surveyed=True)
def authors(request: HttpRequest) -> HttpResponse:
    """Everybody who writes for the paper."""
    around = frame(title="Our journalists", path=reverse("authors"), description="Everybody who writes for the paper.")
    with reading("people"):
        people = list(Person.objects.select_related("portrait").order_by("name"))
    return _render(request, "theme/pages/authors.html", {"frame": around, "people": people})


@leaf(surveyed=True)
def topic(request: HttpRequest, slug: str, cursor: str = "") -> HttpResponse:
    """A topic's page and archive."""
    found = get_object_or_404(Topic, slug=slug)
    base = found.get_absolute_url()
    around = _list_frame(found.name, base, cursor, found.description)
    listed = _listed(request, ListRef(kind=ListKind.TOPIC, ref=found.pk), base, cursor, around)
    return _render(request, "theme/pages/topic.html", {"frame": around, "topic": found, "archive": listed})


@leaf(surveyed=True)
def archive(request: HttpRequest, cursor: str = "") -> HttpResponse:
    """The whole paper, newest first, with its months."""
    base = reverse("archive")
    around = frame(title="Archive", path=f"{base}older/{cursor}/" if cursor else base)
    listed = _listed(request, lists.WHOLE_PAPER, base, cursor, around, with_months=not cursor)
    return _render(request, "theme/pages/archive.html", {"frame": around, "archive": listed, "day": None})


@leaf(surveyed=True)
def archive_of(request: HttpRequest, **when: str) -> HttpResponse:
    """A month's or a day's articles."""
    year, month = int(when["year"]), int(when["month"])
    day = int(when["day"]) if "day" in when else None
    try:
        start, end = archives.span_of(year, month, day)
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    before = archives.read_cursor(when["cursor"]) if "cursor" in when else None
    if "cursor" in when and (before is None or not start <= before.at < end):
        raise Http404
    last = before.at if before else end
    found = lists.newest(lists.WHOLE_PAPER, PERIOD_LENGTH + 1, before=before or Cursor(at=last, article=0))
    entries = [entry for entry in found if entry.at >= start]
    if record := recorder.current():
        record.narrow(lists.WHOLE_PAPER.key, max(start, found[-1].at) if len(found) > PERIOD_LENGTH else start)
    if not entries:
        raise Http404
    _keep_out_made_up(request, lists.WHOLE_PAPER, before)
    first = date(year, month, day or 1)
    path = f"/archive/{year:04d}/{month:02d}/" + (f"{day:02d}/" if day else "")
    own = f"{path}older/{when['cursor']}/" if before else path
    around = frame(title=f"Archive: {first.day} {first:%B %Y}" if day else f"Archive: {first:%B %Y}", path=own)
    shown, rest = entries[:PERIOD_LENGTH], entries[PERIOD_LENGTH:]
    following = archives.write_cursor(Cursor(at=shown[-1].at, article=shown[-1].article))
    listed = archives.Archive(
        cards=cards(shown, around.navigation),
        older=f"{path}older/{following}/" if rest else "",
        newest=path if before else reverse("archive"),
        months=[],
    )
    context = {"frame": around, "archive": listed, "first": first, "day": day}
    return _render(request, "theme/pages/archive.html", context)


def routed(request: HttpRequest, path: str, facet: str = "") -> Page | None:
    """The published page at a path, found through those above it, of which nothing shows but their addresses.

    Args:
        request: the reader's.
        path: the page's.
        facet: what will be shown of it; empty for the whole.
    """
    with recorder.unseen():
        page: Page | None = Page.find_for_request(request, path)
    if page is not None:
        recorder.shows_page(page, facet)
    return page


def _served(request: HttpRequest, path: str) -> HttpResponse:
    """The page as Wagtail serves it; what its hooks look at to let a reader in is not shown."""
    route = Page.route_for_request(request, path)
    if route is None:
        raise Http404
    with recorder.unseen():
        for before in hooks.get_hooks("before_serve_page"):
            answer = before(route.page, request, route.args, route.kwargs)
            if isinstance(answer, HttpResponse):
                return answer
        serve = _serve_seen
        for around in reversed(hooks.get_hooks("on_serve_page")):
            serve = around(serve)
        return serve(route.page, request, route.args, route.kwargs)


def _serve_seen(page: Page, request: HttpRequest, args: Any, kwargs: Any) -> HttpResponse:
    with recorder.seen():
        response: HttpResponse = page.serve(request, *args, **kwargs)
        return response.render() if isinstance(response, TemplateResponse) else response


def is_restricted(page: Page) -> bool:
    """Whether only some may see a page. A change of that purges the page and all below it."""
    with recorder.unseen():
        return bool(page.get_view_restrictions().exists())


def _list_frame(title: str, base: str, cursor: str, description: str) -> Frame:
    path = f"{base}older/{cursor}/" if cursor else base
    return frame(title=title, path=path, description=description, own_feeds=feed_links(title, base))


def _listed(
    request: HttpRequest, of: ListRef, base: str, cursor: str, around: Frame, *, with_months: bool = False
) -> archives.Archive:
    before = archives.read_cursor(cursor) if cursor else None
    if cursor and before is None:
        raise Http404
    found = archives.archive(of, base, around.navigation, before=before, with_months=with_months)
    if cursor and not found.cards:
        raise Http404
    _keep_out_made_up(request, of, before)
    return found


def _keep_out_made_up(request: HttpRequest, of: ListRef, before: Cursor | None) -> None:
    """Pages that start at a place nobody links to are answered, but not kept: there is no end of them."""
    if before is not None and not lists.holds(of, before):
        keep_out(request)


def _render(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    return TemplateResponse(request, template, context).render()
