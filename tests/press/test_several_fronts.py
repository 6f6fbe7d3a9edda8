"""Several web processes and several machines follow one log."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest

from tests.press.outage.asking import Readers
from tests.press.outage.stock import PATHS

pytestmark = pytest.mark.django_db

PUBLISH = """
    from tests.factories import make_article
    from broadsheet.newsroom.models import Section
    make_article(Section.objects.get(slug="news"), slug="{slug}", title="Published {slug}")
"""


def publish(site, slug):
    """Publish an article from a process that is no web process."""
    site.python(PUBLISH.format(slug=slug))


def shows(site, slug):
    return f"Published {slug}" in site.get("/news/").text


@pytest.mark.postgres
def test_two_machines_on_one_postgresql_both_show_what_a_third_process_publishes(sites):
    one, other = sites("one").start(), sites("other").start()
    for site in (one, other):
        assert not shows(site, "first")
    publish(one, "first")
    for site in (one, other):
        site.wait_until("hearing of it", 2, lambda site=site: shows(site, "first"))
    assert one.get("/news/").digest == other.get("/news/").digest


@pytest.mark.postgres
def test_a_machine_whose_listening_connection_was_ended_catches_up(sites):
    import psycopg

    one, other = sites("one").start(), sites("other").start()
    for site in (one, other):
        site.get("/news/")
    with psycopg.connect(one.direct_url, autocommit=True) as db:
        ended = db.execute(
            "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity"
            " WHERE query ILIKE 'LISTEN%' AND datname = current_database()"
        ).fetchone()
    assert ended == (2,)
    publish(one, "second")
    for site in (one, other):
        site.wait_until("catching up", 15, lambda site=site: shows(site, "second"))


@pytest.mark.postgres
def test_a_line_that_went_dead_without_a_word_does_not_keep_a_machine_from_following(sites):
    """As when a firewall forgets a connection: nothing arrives on it any more, and nobody is told."""
    site = sites().start()
    site.get("/news/")
    site.line.forget()
    publish(site, "third")
    site.wait_until("following", 60, lambda: shows(site, "third"))


def test_every_web_process_of_a_machine_shows_what_another_process_publishes(sites, stock):
    site = sites(workers=2, threads=2).start()
    with Readers(site.port, PATHS, 50).reading() as readers:
        publish(site, "fourth")
        site.wait_until("hearing of it", 5, lambda: shows(site, "fourth"))
        seen = [shows(site, "fourth") for _ in range(40)]
        got = readers.until_now()
    assert seen == [True] * 40
    assert got.errors == []
    assert {answer.status for answer in got.answers} == {200}


def test_a_web_process_that_is_killed_is_replaced_and_its_edition_goes_on(sites, stock):
    site = sites(workers=2, threads=2).start()
    site.get("/")
    killed = kill_one_worker(site)
    assert killed
    site.wait_until("serving", 20, lambda: all_right(site, stock))


def all_right(site, stock):
    with suppress(OSError):
        return all(site.get(path).digest == stock.right[path] for path in PATHS[:20] * 2)
    return False


def kill_one_worker(site):
    """End one of Granian's workers, as the kernel does when memory runs out. Returns its process id."""
    import os
    import signal
    from pathlib import Path

    children = Path(f"/proc/{site.process.pid}/task/{site.process.pid}/children").read_text().split()
    workers = [int(pid) for pid in children if b"spawn_main" in Path(f"/proc/{pid}/cmdline").read_bytes()]
    found = (workers or [int(pid) for pid in children])[-1]
    os.kill(found, signal.SIGKILL)
    time.sleep(0.2)
    return found
