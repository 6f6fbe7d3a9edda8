"""Rendering the whole demo once, so that the first reader waits for nothing."""

from __future__ import annotations

from collections.abc import Callable

from broadsheet.newsroom.models import Article, HomePage, Person, Section, TextPage, Topic
from broadsheet.press import follow
from broadsheet.press.edition import open_edition
from broadsheet.press.printer import Printer


def print_all(show: Callable[[str], None]) -> None:
    """Render every page that is not in the edition yet, or stale there."""
    follow.follow()
    edition = open_edition()
    printer = Printer(edition)
    paths = addresses()
    for number, path in enumerate(paths, 1):
        terms = printer.terms(path)
        old = edition.get(path)
        if terms and not (old and not old.stale):
            printer.print(path, terms, old)
        show(f"{number} of {len(paths)}, {path}")


def addresses() -> list[str]:
    """The paths of the paper's pages, the home page first."""
    pages = [
        page.get_url()
        for model in (HomePage, Section, TextPage, Article)
        for page in model.objects.filter(live=True).order_by("path")
    ]
    people = [person.get_absolute_url() for person in Person.objects.all()]
    topics = [topic.get_absolute_url() for topic in Topic.objects.all()]
    return [*pages, "/authors/", "/archive/", "/feed/rss.xml", "/sitemap.xml", *people, *topics]
