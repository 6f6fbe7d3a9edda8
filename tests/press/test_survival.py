"""The main database stopped, hanging, slow or locked: readers do not notice (R5, R6, R9)."""

from __future__ import annotations

import sqlite3
import time
from contextlib import ExitStack, closing

import pytest
from django.db import connection

from tests.press.outage.asking import Readers
from tests.press.outage.faults import LOAD, MESSAGE, ON_POSTGRESQL, ON_SQLITE, fault, watch
from tests.press.outage.site import LEAKING, UNGUARDED
from tests.press.outage.stock import PATHS

pytestmark = pytest.mark.django_db  # has the suite's database made, of which the stock is a copy

SQLITE = connection.vendor == "sqlite"
FAULTS = ON_SQLITE if SQLITE else ON_POSTGRESQL
HARDEST = "locked" if SQLITE else "hang"
LENGTH = 3.0
"""Seconds for which each state is watched."""
PUBLISH = """
    from tests.factories import make_article
    from broadsheet.newsroom.models import Section
    make_article(Section.objects.get(slug="news"), slug="{slug}", title="Published {slug}")
"""
CHANGE_ALL = """
    from broadsheet.newsroom.models import Paper
    paper = Paper.objects.get()
    paper.name = "The Survivors"
    paper.save()
"""


def spared(before, during, right):
    """Whether readers noticed nothing: they got as many pages as before, and every one right."""
    served = len(during.answers) > 0.8 * len(before.answers)
    return served and during.errors == [] and during.wrong(right) == []


def are_flat(threads, descriptors):
    """Whether nothing was left behind (R9): there may be some sockets more or fewer."""
    return threads <= 1 and descriptors <= 10


@pytest.mark.parametrize("kind", FAULTS)
def test_readers_do_not_notice_that_the_database_fails(sites, stock, kind):
    site = sites().start()
    seen = watch(site, PATHS, kind, LENGTH)
    before, during = seen.before, seen.during
    assert (before.errors, before.wrong(stock.right)) == ([], [])
    assert (during.errors, during.wrong(stock.right)) == ([], [])
    assert spared(before, during, stock.right), (len(during.answers), len(before.answers))
    assert set(seen.others) <= {200, 302, 503}
    assert 503 in seen.others
    assert are_flat(*seen.added), seen.added
    assert site.log.read_text().count("Traceback") == 0


def test_without_the_bulkhead_readers_would_notice(sites, stock):
    site = sites(application=UNGUARDED).start()
    seen = watch(site, PATHS, HARDEST, LENGTH)
    assert not spared(seen.before, seen.during, stock.right)


def test_what_is_left_behind_would_be_noticed(sites):
    threads, descriptors = watch(sites(application=LEAKING).start(), PATHS, HARDEST, LENGTH).added
    assert not are_flat(threads, 0) and not are_flat(0, descriptors), (threads, descriptors)


@pytest.mark.parametrize("kind", ["missing"] if SQLITE else ["refuse", "reset", "hang", "slow", "locked"])
def test_stale_pages_are_served_while_nothing_can_be_printed_and_are_right_afterwards(sites, stock, kind):
    site = sites().start()
    site.get("/")
    with fault(site, kind):
        if not SQLITE:
            site.python(CHANGE_ALL)
        with Readers(site.port, PATHS, LOAD).reading() as readers:
            time.sleep(LENGTH)
            seen = readers.until_now()
        assert (seen.errors, seen.wrong(stock.right)) == ([], [])
    if SQLITE:
        site.python(CHANGE_ALL)
    for path in (
        "/news/report-7/",
        "/",
    ):  # who has an old page at hand is given that while the database was slow just now
        site.wait_until("catching up", 60, lambda path=path: "The Survivors" in site.get(path).text)


def test_what_is_published_during_an_outage_appears_when_it_is_over(sites):
    site = sites().start()
    site.get("/news/")
    kind = "missing" if SQLITE else "refuse"
    with fault(site, kind):
        site.wait_until("noticing", 20, lambda: site.get("/desk/").status == 503)
        if not SQLITE:
            site.python(PUBLISH.format(slug="late"))
        assert site.get("/news/late/").status in {404, 503}
    if SQLITE:
        site.python(PUBLISH.format(slug="late"))
    site.wait_until("catching up", 60, lambda: "Published late" in site.get("/news/").text)
    assert "Published late" in site.get("/news/late/").text


def test_forms_give_back_what_was_typed_and_say_that_nothing_was_stored(sites):
    site = sites().start()
    with fault(site, FAULTS[0]):
        site.wait_until("noticing", 20, lambda: site.get("/desk/").status == 503)
        got = site.post("/messages/contact/", MESSAGE)
        again = site.get("/search/?q=harbour")
        desk = site.get("/desk/")
    assert (got.status, got.headers["retry-after"], got.headers["cache-control"]) == (503, "30", "no-store")
    assert "Nothing has been sent and nothing has been stored" in got.text
    assert "The Survivor" in got.text
    assert 'value="ann@example.org"' in got.text
    assert "First line.\n&lt;b&gt;Second&lt;/b&gt;." in got.text.replace("\r", "")
    assert 'action="/messages/contact/" method="post"' in got.text
    assert (again.status, 'value="harbour"' in again.text) == (503, True)
    assert desk.status == 503
    assert "It has not answered since" in desk.text
    assert "Traceback" not in desk.text
    site.wait_until("answering", 20, lambda: site.post("/messages/contact/", MESSAGE).status == 302)


def test_the_alarm_is_sounded_once_and_its_end_is_told(sites):
    site = sites().start()
    assert site.get("/health.json").text.count("null") >= 2
    with fault(site, FAULTS[0]):
        site.wait_until("noticing", 20, lambda: site.get("/desk/").status == 503)
        for number in range(40):
            site.get(f"/news/never-{number}/")
            site.post("/messages/contact/", MESSAGE)
        health = site.get("/health.json")
    assert health.status == 200
    assert '"ok": false' in health.text
    assert '"database_away": null' not in health.text
    site.wait_until("answering", 20, lambda: '"ok": true' in site.get("/health.json").text)
    log = site.log.read_text()
    assert (log.count("does not answer"), log.count("answers again")) == (1, 1), log


def test_the_application_is_killed_and_restarted_during_an_outage_and_its_edition_deleted(sites, stock):
    site = sites().start()
    kind = FAULTS[0]
    with Readers(site.port, PATHS, LOAD).reading() as readers:
        with fault(site, kind):
            time.sleep(1)
            site.kill()
            site.start()
            readers.until_now()
            time.sleep(2)
            seen = readers.until_now()
            assert seen.answers
            assert (seen.errors, seen.wrong(stock.right)) == ([], [])
            delete(site)
            site.wait_until("noticing", 10, lambda: site.get("/news/report-1/").status == 503)
        site.wait_until("answering", 30, lambda: {site.get(path).status for path in PATHS} == {200})
    assert {path for path in PATHS if site.get(path).digest != stock.right[path]} == set()


def test_the_site_is_started_without_its_database(sites, stock):
    site = sites()
    with fault(site, FAULTS[0]):
        done = site.broadsheet("press", "status")
        assert done.returncode == 0, done.stderr
        assert "does not answer" in done.stderr
        site.start()
        assert site.get("/news/report-3/").digest == stock.right["/news/report-3/"]
    assert not SQLITE or rows(site) > 0


def test_the_worker_waits_for_the_database_instead_of_ending(sites):
    """Three quick ends would have ``broadsheet run`` give up the web process, too."""
    site = sites()
    with ExitStack() as running:
        with fault(site, FAULTS[0]):
            worker = running.enter_context(site.worker())
            site.wait_until("noticing", 60, lambda: "does not answer" in site.log.read_text())
            time.sleep(3)
            assert worker.poll() is None
        site.wait_until("answering", 60, lambda: "answers again" in site.log.read_text())
        assert worker.poll() is None
    assert site.log.read_text().count("Traceback") == 0


def rows(site):
    with closing(sqlite3.connect(site.folder / "broadsheet.sqlite3")) as db:
        return db.execute("SELECT count(*) FROM newsroom_article").fetchone()[0]


def delete(site):
    for suffix in ("", "-wal", "-shm"):
        site.edition.with_name(site.edition.name + suffix).unlink(missing_ok=True)
