"""A printed site to begin from: made once, copied for each test."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.db import connection, connections
from django.test import override_settings

from tests.factories import make_article, make_paper, make_person, make_section
from tests.press.outage.databases import postgresql
from tests.press.outage.site import Site

ARTICLES = 100
OTHERS = (
    "/", "/news/", "/archive/", "/authors/", "/authors/ann/", "/contact/", "/sitemap.xml", "/sitemap-news.xml",
    "/sitemap-pages.xml", "/feed/rss.xml", "/feed/atom.xml", "/feed/feed.json", "/news/feed/rss.xml",
    "/authors/ann/feed/atom.xml", "/robots.txt", "/404.html", "/503.html",
)  # fmt: skip
PATHS = [*(f"/news/report-{number}/" for number in range(ARTICLES)), *OTHERS]
"""What the site has published."""
NO_JOBS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


@dataclass(frozen=True, kw_only=True)
class Stock:
    """A site that was printed and stopped."""

    folder: Path
    """Its files."""
    database_url: str
    """Its PostgreSQL database; empty on SQLite."""
    right: dict[str, str]
    """The digest of each page's bytes."""


@contextmanager
def stocked(folder: Path) -> Iterator[Stock]:
    """Give a site a copy of the suite's empty database, write a paper in it, and have all of it printed."""
    folder.mkdir(exist_ok=True)
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(folder / "broadsheet.sqlite3")) as copy:
            connection.connection.backup(copy)
        with pointed_at(str(folder / "broadsheet.sqlite3")):
            _fill()
        yield _printed(folder, "")
        return
    with postgresql(own_server()) as url:
        connections.close_all()
        copy_postgresql(connection.settings_dict["NAME"], url)
        with pointed_at(url.rpartition("/")[2]):
            _fill()
        yield _printed(folder, url)


@contextmanager
def pointed_at(name: str) -> Iterator[None]:
    """Have Django's connection lead to another database; nothing of it is remembered afterwards."""
    usual = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
        cache.clear()


@contextmanager
def copied(stock: Stock, folder: Path) -> Iterator[tuple[Path, str]]:
    """A copy of the stock: its folder and its database's address."""
    shutil.copytree(stock.folder, folder, symlinks=True)
    if not stock.database_url:
        yield folder, ""
        return
    with postgresql(own_server()) as url:
        copy_postgresql(stock.database_url.rpartition("/")[2], url)
        yield folder, url


def own_server() -> str:
    """The suite's PostgreSQL server, by the address of a database that nobody is using."""
    values = connection.settings_dict
    return f"postgresql://{values['USER']}@{values['HOST']}:{values['PORT'] or 5432}/postgres"


def copy_postgresql(source: str, url: str) -> None:
    """Make a database anew as a copy of another; fronts of earlier tests that still listen there are shown out."""
    import psycopg

    name = url.rpartition("/")[2]
    with psycopg.connect(own_server(), autocommit=True) as admin:
        admin.execute(f'DROP DATABASE "{name}"')
        for attempt in range(20):
            admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [source])
            try:
                admin.execute(f'CREATE DATABASE "{name}" TEMPLATE "{source}"')
                return
            except psycopg.errors.ObjectInUse:
                if attempt == 19:
                    raise


def _fill() -> None:
    from django.db import transaction

    from broadsheet.newsroom.models import TextPage
    from broadsheet.readers.search.actions import index_part

    with ExitStack() as committing, transaction.atomic():
        paper = make_paper("The Survivor")
        paper.add_child(instance=TextPage(title="Contact", slug="contact", form="contact"))
        news, ann = make_section(slug="news", title="News"), make_person("Ann Author", slug="ann")
        for number in range(ARTICLES):
            text = f"The council met on day {number} and spoke of the harbour wall. " * 20
            make_article(news, slug=f"report-{number}", title=f"Report {number}", authors=[ann], text=text)
        # The jobs of the commit would print the paper into the suite's edition, which nobody reads.
        committing.enter_context(override_settings(TASKS=NO_JOBS))
    following: int | None = 0
    while following is not None:
        following = index_part(following)


def _printed(folder: Path, url: str) -> Stock:
    (folder / "broadsheet.toml").write_text('name = "The Survivor"\n')
    site: Any = Site(folder=folder, database_url=url)
    site.python("from broadsheet.ops.prepare import collect_static; collect_static()")
    site.start()
    try:
        site.wait_until("printing what stands ready", 60, lambda: "addresses and places" in site.log.read_text())
        got = {path: site.get(path) for path in PATHS}
    finally:
        site.stop()
    assert {path: answer.status for path, answer in got.items() if answer.status != 200} == {}
    return Stock(folder=folder, database_url=url, right={path: answer.digest for path, answer in got.items()})
