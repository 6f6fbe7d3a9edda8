"""Feeds of the paper, its sections, authors and topics: RSS 2.0, Atom (RFC 4287) and JSON Feed 1.1."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from broadsheet.newsroom import lists
from broadsheet.newsroom.lists import ListRef
from broadsheet.newsroom.models import ListKind, Person, Section, Topic
from broadsheet.newsroom.navigation import navigation
from broadsheet.press import facets, feeds
from broadsheet.press.leaves import leaf
from broadsheet.press.pages.cards import cards
from broadsheet.press.pages.frame import absolute, the_masthead
from broadsheet.press.views.pages import is_restricted, routed

LENGTH = 30


@dataclass(frozen=True, kw_only=True)
class Subject:
    """What a feed is about."""

    of: ListRef
    """Its list."""
    title: str
    """What it is called, without the paper's name."""
    description: str
    """What it carries."""
    path: str
    """The page it belongs to."""


@leaf(surveyed=True)
def paper(request: HttpRequest, file: str) -> HttpResponse:
    """The whole paper's feed."""
    return _feed(Subject(of=lists.WHOLE_PAPER, title="", description="", path="/"), file)


@leaf(surveyed=True)
def section(request: HttpRequest, path: str, file: str) -> HttpResponse:
    """A section's feed."""
    page = routed(request, path, facets.FEED)
    if not isinstance(page, Section) or is_restricted(page):
        raise Http404
    of = ListRef(kind=ListKind.SECTION, ref=page.pk)
    return _feed(Subject(of=of, title=page.title, description=page.intro, path=page.get_url() or "/"), file)


@leaf(surveyed=True)
def author(request: HttpRequest, slug: str, file: str) -> HttpResponse:
    """An author's feed."""
    person = get_object_or_404(Person, slug=slug)
    of = ListRef(kind=ListKind.PERSON, ref=person.pk)
    subject = Subject(of=of, title=person.name, description=person.short_bio, path=person.get_absolute_url())
    return _feed(subject, file)


@leaf(surveyed=True)
def topic(request: HttpRequest, slug: str, file: str) -> HttpResponse:
    """A topic's feed."""
    found = get_object_or_404(Topic, slug=slug)
    of = ListRef(kind=ListKind.TOPIC, ref=found.pk)
    return _feed(Subject(of=of, title=found.name, description=found.description, path=found.get_absolute_url()), file)


def _feed(subject: Subject, file: str) -> HttpResponse:
    write = feeds.FORMATS.get(file)
    if write is None:
        raise Http404
    paper, link = the_masthead(), absolute(subject.path)
    listed = cards(lists.newest(subject.of, LENGTH), navigation())
    feed = feeds.Feed(
        title=f"{paper.name}: {subject.title}" if subject.title else paper.name,
        description=subject.description or paper.tagline or paper.name,
        link=link,
        self_link=f"{link}feed/{file}",
        rights=paper.copyright,
        cards=listed,
    )
    body, media_type = write(feed)
    return HttpResponse(body, content_type=media_type)
