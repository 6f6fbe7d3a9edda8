"""Views are counted exactly, whatever is killed and whoever does not answer; several processes agree."""

from __future__ import annotations

import http.client
import os
import random
import signal
import threading
import time
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest
from django.db import connection

from broadsheet.newsroom.models import Article
from broadsheet.readers.reading.models import Tally
from tests.press.outage.asking import ask
from tests.press.outage.databases import locked

pytestmark = pytest.mark.django_db  # has the suite's database made, of which the stock is a copy

AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
COUNTED = f"SELECT COALESCE(SUM(views), 0) FROM {Tally._meta.db_table}"
IDS = f"SELECT page_ptr_id FROM {Article._meta.db_table} ORDER BY page_ptr_id LIMIT 20"
ANOTHER_ROUND = 2.5
"""Seconds in which every clerk has had another round: what was counted twice would show."""
SPOOL_OFF = "tests.press.outage.unspooled:application"


def seen(port, article, reader, line=None):
    """One reader's beacon; readers are told apart by the address that the proxy names."""
    headers = {
        "X-Forwarded-For": f"10.{reader >> 16 & 255}.{reader >> 8 & 255}.{reader & 255}",
        "User-Agent": AGENT,
        "Content-Type": "application/x-www-form-urlencoded",
    }
    if line is not None:
        return ask(line, f"/seen/{article}/", "POST", "from=", headers).status
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as one:
        return ask(one, f"/seen/{article}/", "POST", "from=", headers).status


def counted(site):
    return int(site.rows(COUNTED)[0][0])


def ids_of(site):
    return [number for (number,) in site.rows(IDS)]


def spooled(site):
    return sum(path.stat().st_size for path in (site.folder / "reading").glob("*.views"))


def send(site, articles, readers, tried=None, acknowledged=None):
    """Every reader opens an article and loads it once more; what was tried and what was answered is noted."""
    line = None
    for reader in readers:
        article = articles[reader % len(articles)]
        if tried is not None:
            tried.add(reader)
        for _ in range(2):
            try:
                line = line or http.client.HTTPConnection("127.0.0.1", site.port, timeout=5)
                if seen(site.port, article, reader, line) == 204 and acknowledged is not None:
                    acknowledged.add(reader)
            except (OSError, http.client.HTTPException):
                line = None
                time.sleep(0.02)


@contextmanager
def database_gone(site):
    if connection.vendor == "sqlite":
        with locked(site.folder / "broadsheet.sqlite3"):
            yield
        return
    site.line.set("refuse")
    try:
        yield
    finally:
        site.line.set("through")


def test_no_view_is_lost_or_doubled_by_killing_the_web_process(sites):
    site = sites().start()
    articles, random_kill = ids_of(site), random.Random(7)
    tried, acknowledged = set(), set()
    threads = [
        threading.Thread(
            target=send,
            args=(site, articles, range(first, 1600, 4)),
            kwargs={"tried": tried, "acknowledged": acknowledged},
        )
        for first in range(4)
    ]
    for thread in threads:
        thread.start()
    kills = 0
    while any(thread.is_alive() for thread in threads) and kills < 4:
        time.sleep(random_kill.uniform(0.1, 0.6))
        site.kill()
        kills += 1
        site.start()
    for thread in threads:
        thread.join()
    site.wait_until("counting what was left", 40, lambda: counted(site) >= len(acknowledged))
    time.sleep(ANOTHER_ROUND)
    assert kills >= 2
    assert len(acknowledged) <= counted(site) <= len(tried)


def test_with_the_spool_switched_off_killing_loses_views(sites):
    """The broken twin: views in memory only."""
    site = sites(application=SPOOL_OFF).start()
    articles = ids_of(site)
    time.sleep(1)  # its first round is over
    acknowledged = set()
    send(site, articles, range(50), acknowledged=acknowledged)
    site.kill()
    site.start()
    time.sleep(2)
    assert len(acknowledged) == 50
    assert counted(site) < 50


def test_four_processes_count_exactly(sites):
    site = sites(workers=4).start()
    articles = ids_of(site)
    threads = [threading.Thread(target=send, args=(site, articles, range(400))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()  # the same four hundred readers, eight times each, at any of the processes
    site.wait_until("counting", 30, lambda: counted(site) >= 400)
    time.sleep(ANOTHER_ROUND)
    assert counted(site) == 400
    assert len(list((site.folder / "reading").glob("*.views"))) == 4


def test_another_process_counts_what_a_killed_worker_left(sites):
    site = sites(workers=2).start()
    articles = ids_of(site)
    with database_gone(site):
        acknowledged = set()
        send(site, articles, range(60), acknowledged=acknowledged)
        for worker in _children(site.process.pid)[:1]:
            os.kill(worker, signal.SIGKILL)
        time.sleep(0.5)
    site.wait_until("counting what it left", 40, lambda: counted(site) >= len(acknowledged))
    time.sleep(ANOTHER_ROUND)
    assert len(acknowledged) <= counted(site) <= 60


def test_views_wait_while_the_database_is_away_and_are_counted_afterwards(sites):
    site = sites().start()
    articles = ids_of(site)
    seen(site.port, articles[0], 9000)
    site.wait_until("counting", 30, lambda: counted(site) == 1)
    with database_gone(site):
        send(site, articles, range(100))
        site.kill()  # and the process does not live to see it come back
        site.start()
        send(site, articles, range(50, 150))
        assert spooled(site) > 100 * 20
    site.wait_until("counting afterwards", 60, lambda: counted(site) >= 151)
    time.sleep(ANOTHER_ROUND)
    assert counted(site) == 151


def _children(pid):
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            if int(stat.read_text().rpartition(")")[2].split()[1]) == pid:
                found.append(int(stat.parent.name))
    return sorted(found)
