"""The main database failing in one way or another, and what readers and others get meanwhile."""

from __future__ import annotations

import itertools
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

from tests.press.outage.asking import Readers, Watched
from tests.press.outage.databases import locked
from tests.press.outage.site import Site

ON_SQLITE = ("missing", "locked")
ON_POSTGRESQL = ("refuse", "reset", "hang", "slow", "sliced", "locked", "commit")
MESSAGE = {"name": "Ann Reader", "email": "ann@example.org", "subject": "A tip", "text": "First line.\n<b>Second</b>."}
LOAD = 100
"""Readers' requests a second."""
SLOW_COMMITS = """
    CREATE FUNCTION tarry() RETURNS trigger AS 'BEGIN PERFORM pg_sleep(4); RETURN NULL; END' LANGUAGE plpgsql;
    CREATE CONSTRAINT TRIGGER tarry AFTER INSERT ON limits_allowance
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION tarry()
"""
"""Before a form is taken its sender's allowance is committed."""


@dataclass(frozen=True, kw_only=True)
class Outage:
    """A fault of the database, as it was lived through."""

    before: Watched
    """What readers got before it."""
    during: Watched
    """What they got during it."""
    others: list[int | str]
    """The statuses, or errors, that those got who needed the database."""
    added: list[int]
    """How many threads and open descriptors its last two thirds added to the web process."""


@contextmanager
def fault(site: Site, kind: str) -> Iterator[None]:
    """The main database fails in one way."""
    database = site.folder / "broadsheet.sqlite3"
    with ExitStack() as over:
        if kind == "missing":
            database.rename(site.folder / "elsewhere.sqlite3")
            over.callback((site.folder / "elsewhere.sqlite3").rename, database)
        elif kind == "locked" and site.line is None:
            over.enter_context(locked(database))
        elif kind == "locked":
            import psycopg

            db = over.enter_context(psycopg.connect(site.direct_url))
            db.execute("LOCK wagtailcore_page, wagtailcore_site, contact_message IN ACCESS EXCLUSIVE MODE")
        elif kind == "commit":
            statement(site, SLOW_COMMITS)
            over.callback(statement, site, "DROP FUNCTION tarry CASCADE")
        elif site.line is not None:
            site.line.set(kind)
            over.callback(site.line.set, "through")
        yield


def statement(site: Site, sql: str) -> None:
    """Have PostgreSQL do something, whatever the line does."""
    import psycopg

    with psycopg.connect(site.direct_url) as db:
        db.execute(sql)


@contextmanager
def wanting(want: Callable[[int, str], None], others: int = 8) -> Iterator[None]:
    """So many go on wanting something, each ten times a second at most.

    Args:
        want: asks for it once; it is given the number of who asks, and an address that is used for this time alone.
        others: how many there are.
    """
    stop = threading.Event()

    def go_on(number: int) -> None:
        for turn in itertools.count():
            if stop.wait(0.1):
                return
            want(number, f"127.{turn // 250}.{1 + turn % 250}.{1 + number}")

    threads = [threading.Thread(target=go_on, args=(number,), daemon=True) for number in range(others)]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join(60)


@contextmanager
def in_need_of_the_database(site: Site) -> Iterator[list[int | str]]:
    """Others who want what only the database can give: they send forms and open the desk. Gives their statuses."""
    statuses: list[int | str] = []

    def want(number: int, sender: str) -> None:
        try:
            sends = number % 2
            got = site.post("/messages/contact/", MESSAGE, sender=sender) if sends else site.get("/desk/login/")
            statuses.append(got.status)
        except OSError as error:
            statuses.append(repr(error))

    with wanting(want):
        yield statuses


def watch(site: Site, paths: list[str], kind: str, seconds: float) -> Outage:
    """What readers get for so many seconds before a fault and during it, while others go on wanting the database."""
    with Readers(site.port, paths, LOAD).reading() as readers, in_need_of_the_database(site) as others:
        time.sleep(1.5)  # the desk's first pages have its templates compiled
        readers.until_now()
        time.sleep(seconds)
        before = readers.until_now()
        with fault(site, kind):
            time.sleep(seconds / 3)
            early = site.footprint()
            time.sleep(seconds * 2 / 3)
            during, late = readers.until_now(), site.footprint()
        added = [now - then for then, now in zip(early, late, strict=True)]
        return Outage(before=before, during=during, others=list(others), added=added)
