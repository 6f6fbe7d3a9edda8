"""What is asked of a filled site: a case is made ready, then done and timed. Readers' pages are rendered each time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from typing import Any

from django.contrib.auth.models import User
from django.test import Client
from django_tasks_db.models import DBTaskResult

from bench.archive.fill import shape_of
from bench.archive.plan import Plan
from bench.archive.staff import changed, draft, publisher, reporter, section_editor
from bench.archive.words import vocabulary
from bench.archive.world import World
from broadsheet.desk.actions.publish import publish
from broadsheet.newsroom import lists
from broadsheet.newsroom.models import Article, Listing, ListKind, Section
from broadsheet.press.pages.archive import write_cursor
from broadsheet.press.printer import Printer

Act = Callable[[], Any]
_numbers = count(1)


class Cases:
    """The cases of one site, by name. Calling one makes it ready and returns what is to be timed."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.plan = Plan(shape_of(world))
        self.section = Section.objects.get(pk=world.sections[0].id)
        self.leaf = Section.objects.get(pk=world.sections[2].id)
        self.newest = self._article(world.articles - 1 - 37)
        self.old = self._article(world.articles // 2)
        self.publisher = publisher(world)
        self.reader = Client(headers={"host": "localhost"})
        self.editor = _at_desk(section_editor(self.section))
        self.reporter = _at_desk(reporter())
        self._print_hot()
        self.all: dict[str, Callable[[], Act]] = {**self._writing(), **self._reading(), **self._desk()}

    def _print_hot(self) -> None:
        """Have the leaves kept that each publication renders anew."""
        printer = Printer()
        for path in ("/", self.section.get_url(), "/sitemap.xml", "/sitemap-news.xml"):
            printer.print(path, printer.terms(path), None)

    def _writing(self) -> dict[str, Callable[[], Act]]:
        return {
            "publish a new article": lambda: _publishes(self._draft(), self.publisher),
            "publish an old article again": lambda: _publishes(changed(self.old.pk), self.publisher),
            "the jobs of a publish": self._jobs,
        }

    def _reading(self) -> dict[str, Callable[[], Act]]:
        author, topic = self.world.authors[0][0], self.world.topics[0][0]
        section = self.section.get_url()
        month = f"{self.newest.published_at - timedelta(days=31):%Y/%m}"
        return {
            "home page": self._read("/"),
            "section front": self._read(section),
            "section front, third level": self._read(self.leaf.get_url()),
            "article, new": self._read(self.newest.get_url()),
            "article, old": self._read(self.old.get_url()),
            "section archive, deep": self._read(f"{section}older/{_deep(ListKind.SECTION, self.section.pk)}/"),
            "author": self._read("/authors/author-0/"),
            "author, deep": self._read(f"/authors/author-0/older/{_deep(ListKind.PERSON, author)}/"),
            "topic": self._read("/topics/topic-0/"),
            "topic, deep": self._read(f"/topics/topic-0/older/{_deep(ListKind.TOPIC, topic)}/"),
            "archive of a month": self._read(f"/archive/{month}/"),
            "sitemap index": self._read("/sitemap.xml"),
            "feed": self._read("/feed/rss.xml"),
            "no such article": self._read(f"{section}there-is-no-such-article/", 404),
            "search, common word": self._read("/search/?q=council"),
            "search, rare word": self._read(f"/search/?q={vocabulary()[9000]}"),
            "search, two words, newest first": self._read("/search/?q=council+harbour&order=newest"),
            "search, phrase": self._read("/search/?q=%22of+the%22"),
        }

    def _desk(self) -> dict[str, Callable[[], Act]]:
        edit, history = f"/desk/pages/{self.mine.pk}/edit/", f"/desk/pages/{self.mine.pk}/history/"
        chooser = "/desk/choose-page/"
        articles = f"{chooser}?page_type=newsroom.article"
        below = f"{chooser}{self.section.pk}/?page_type=newsroom.article"
        asked = {
            "desk home": "/desk/",
            "articles": "/desk/articles/",
            "articles of a section": f"/desk/articles/?section={self.section.pk}",
            "articles, by headline": "/desk/articles/?text=council",
            "edit": edit,
            "history": history,
            "page chooser": chooser,
            "article chooser": articles,
            "article chooser, section": below,
            "article chooser, search": f"{chooser}search/?page_type=newsroom.article&q=council",
            "page search": "/desk/pages/search/?q=council",
            "explorer, section": f"/desk/pages/{self.section.pk}/",
            "explorer, root": "/desk/pages/",
            "fronts": "/desk/fronts/",
            "picture chooser": "/desk/images/chooser/",
        }
        found: dict[str, Callable[[], Act]] = {}
        for name, address in asked.items():
            found[f"editor: {name}"] = self._ask(self.editor, address)
            found[f"reporter: {name}"] = self._ask(self.reporter, address)
        del found["editor: explorer, root"]  # leads on to the section
        return {**found, "wire desk": self._ask(_at_desk(self.publisher), "/desk/wire/")}

    @property
    def mine(self) -> Article:
        """A late article of the editor's section."""
        late = Listing.objects.filter(kind=ListKind.SECTION, ref=self.section.pk).order_by("-listed_at", "-article_id")
        return late.select_related("article")[5].article

    def _read(self, address: str, status: int = 200) -> Callable[[], Act]:
        return lambda: lambda: _get(self.reader, address, status)

    def _ask(self, client: Client, address: str) -> Callable[[], Act]:
        return lambda: lambda: _get(client, address, 200)

    def _article(self, number: int) -> Article:
        return Article.objects.get(pk=self.world.first["Page"] + number)

    def _draft(self) -> Article:
        article = draft(self.world, self.plan.article(next(_numbers)))
        DBTaskResult.objects.all().delete()
        return article

    def _jobs(self) -> Act:
        publish(self._draft(), self.publisher)
        return do_jobs


def do_jobs() -> int:
    """Do what stands in the queue of jobs; returns how much it was."""
    waiting = list(DBTaskResult.objects.filter(status="READY").order_by("-priority", "enqueued_at"))
    for result in waiting:
        result.task.call(*result.args_kwargs["args"], **result.args_kwargs["kwargs"])
    DBTaskResult.objects.all().delete()
    return len(waiting)


def _publishes(article: Article, user: User) -> Act:
    return lambda: publish(article, user)


def _at_desk(user: User) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(user)
    return client


def _get(client: Client, address: str, status: int) -> None:
    answer = client.get(address)
    if answer.status_code != status:
        raise SystemExit(f"{address} answered {answer.status_code}: {answer.headers.get('Location', '')}")


def _deep(kind: int, ref: int) -> str:
    """The cursor of a place four fifths down a list."""
    rows = Listing.objects.filter(kind=kind, ref=ref).order_by("-listed_at", "-article_id")
    row = rows[rows.count() * 4 // 5]
    return write_cursor(lists.Cursor(at=row.listed_at, article=row.article_id))
