"""Comparing what the press made stale after a change with what a rendering of everything says is different.

Live boxes are looked at apart: a page does not follow what they show, but must not go on naming what was withdrawn.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db import connection
from django.utils import timezone

from broadsheet.newsroom.models import Article, HomePage, Person, Section, TextPage, Topic
from broadsheet.press import follow
from broadsheet.press.edition import Edition
from broadsheet.press.leaves import LeafTerms
from broadsheet.press.printer import Printer
from tests.press.random_newsroom import RandomNewsroom

TERMS = LeafTerms(hot=False, seconds=None)
BOX = re.compile(rb"<live-box .*?</live-box>", re.DOTALL)
LINK = re.compile(rb'href="([^"]+)"')


@dataclass
class Tally:
    """What the comparison came to."""

    changes: int = 0
    purged: int = 0
    changed: int = 0
    missed: list[str] = field(default_factory=list)
    over: Counter[str] = field(default_factory=Counter)
    made: Counter[str] = field(default_factory=Counter)

    @property
    def over_purged(self) -> float:
        """Leaves rendered again although their bytes stayed, as a part of all that were."""
        return 1 - self.changed / self.purged if self.purged else 0.0


@dataclass(frozen=True, kw_only=True)
class Printed:
    """A page as it was printed last."""

    body: bytes
    """All of it; empty if the address leads nowhere."""
    asked: frozenset[tuple[str, Any]] | None
    """What was asked of the database; None if something was written to it meanwhile."""

    @property
    def without_boxes(self) -> bytes:
        """What must be as a rendering would give it."""
        return BOX.sub(b"", self.body)

    @property
    def named_in_boxes(self) -> set[str]:
        """The addresses that its live boxes lead to."""
        boxes = b"".join(BOX.findall(self.body))
        return {link.decode() for link in LINK.findall(boxes)}


class Comparison:
    """Makes changes to a newsroom and compares after each.

    Rendering is a function of what the database answers (pictures' sizes not being cached), so a page all of whose
    questions are answered as before need not be rendered to know that it is the same. Every ``whole``-th time all are.
    """

    def __init__(self, newsroom: RandomNewsroom, printer: Printer, edition: Edition, tally: Tally, *, whole: int = 1):
        self.newsroom, self.printer, self.edition, self.tally, self.whole = newsroom, printer, edition, tally, whole
        for _ in range(2):  # in a transaction of its own, PostgreSQL's log begins with what made the newsroom
            follow.follow()
        self.pages: dict[str, Printed] = {}
        self.answers: dict[tuple[str, Any], int] = {}

    def change(self) -> None:
        """Print what is missing, make one change, compare."""
        for path in dict.fromkeys([*addresses(), *self.edition.addresses()]):
            leaf = self.edition.status(path)
            if leaf is None or leaf.stale_since or path not in self.pages:
                self._print(path)
        live = dict(published())
        name = self.newsroom.change()
        follow.follow()
        self.tally.changes += 1
        self.tally.made[name] += 1
        stale = {leaf.path: leaf.stale_key for leaf in self.edition.statuses() if leaf.stale_since}
        standing = dict(published())
        gone = {url for pk, url in live.items() if pk not in standing}
        suspects = self._suspects()
        for path in [path for path, page in self.pages.items() if page.body]:
            if path in stale:
                self._purged(path, stale[path], name)
            else:
                self._kept(path, name, gone, look=path in suspects)

    def _purged(self, path: str, key: str, name: str) -> None:
        before, now = self.pages[path], self._print(path)
        differs = now.without_boxes != before.without_boxes
        differs |= key.endswith("#standing") and now.body != before.body
        self.tally.purged += 1
        self.tally.changed += differs
        if not differs:
            self.tally.over[f"{name}: {kind(path)} by {kind(key)}"] += 1

    def _kept(self, path: str, name: str, gone: set[str], *, look: bool) -> None:
        page = self.pages[path]
        if look:
            now = self.printer.render(path, TERMS)
            body = BOX.sub(b"", now.body if now.keep else b"")
            if body != page.without_boxes:
                self.tally.missed.append(f"{path} after {name}: {first_difference(page.without_boxes, body)}")
        if page.named_in_boxes & gone:
            self.tally.missed.append(f"{path} after {name}: a live box goes on naming what was withdrawn")

    def _print(self, path: str) -> Printed:
        asked: set[tuple[str, Any]] = set()
        wrote: list[str] = []

        def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
            if sql.startswith("SELECT"):
                asked.add((sql, tuple(params or ())))
            elif not sql.startswith(("SAVEPOINT", "RELEASE")):
                wrote.append(sql)
            return execute(sql, params, many, context)

        with connection.execute_wrapper(note):
            leaf = self.printer.print(path, TERMS, None).leaf
        body = leaf.bodies["identity"] if leaf else b""
        self.pages[path] = Printed(body=body, asked=None if wrote else frozenset(asked))
        for question in asked - self.answers.keys():
            self.answers[question] = answer(question)
        return self.pages[path]

    def _suspects(self) -> set[str]:
        """Pages that may look different now; all of them every ``whole``-th time."""
        before, self.answers = self.answers, {}
        for page in self.pages.values():
            for question in (page.asked or frozenset()) - self.answers.keys():
                self.answers[question] = answer(question)
        if self.tally.changes % self.whole == 0:
            return set(self.pages)
        changed = {question for question, now in self.answers.items() if before.get(question) != now}
        return {path for path, page in self.pages.items() if page.asked is None or page.asked & changed}


def answer(question: tuple[str, Any]) -> int:
    """What the database answers now, as a number to compare by."""
    with connection.cursor() as cursor:
        cursor.execute(*question)
        return hash(repr(cursor.fetchall()))


def published() -> Iterator[tuple[int, str]]:
    """The articles readers can read, with their addresses."""
    return ((article.pk, article.get_url() or "") for article in Article.objects.filter(live=True))


def addresses() -> list[str]:
    """Every address of the paper that leads to a leaf, older pages apart."""
    pages = [
        page.get_url() for model in (HomePage, Section, Article, TextPage) for page in model.objects.filter(live=True)
    ]
    lists = [thing.get_absolute_url() for model in (Person, Topic) for thing in model.objects.all()]
    sections = [section.get_url() for section in Section.objects.all()]
    feeds = [f"{path}feed/rss.xml" for path in ["/", *lists, *sections]]
    when = {timezone.localtime(article.published_at) for article in Article.objects.filter(live=True)}
    months = {f"/sitemap-{at:%Y-%m}.xml" for at in when} | {f"/archive/{at:%Y/%m}/" for at in when}
    files = ["/archive/", "/authors/", "/sitemap.xml", "/sitemap-pages.xml", "/sitemap-news.xml", "/robots.txt"]
    return [*pages, *lists, *feeds, *sorted(months), *files, "/boxes/latest/"]


def first_difference(before: bytes, now: bytes) -> str:
    """The first place in which a page differs from what it should be."""
    old, new = before.decode(), now.decode()
    pairs = enumerate(zip(old, new, strict=False))
    place = next((place for place, (a, b) in pairs if a != b), min(len(old), len(new)))
    start = max(0, place - 80)
    return f"{old[start : place + 80]!r} is now {new[start : place + 80]!r}"


def kind(name: str) -> str:
    """A path or key without what is particular about it, for counting."""
    return "".join("#" if c.isdigit() else c for c in name)
