"""The edition's file lost, damaged, or on a disk that takes nothing more (R6, R7)."""

from __future__ import annotations

import os
import resource
import sqlite3
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.press.outage.asking import Readers
from tests.press.outage.site import UNMENDED
from tests.press.outage.stock import PATHS
from tests.press.small_disk import filled
from tests.press.test_survival import delete

pytestmark = pytest.mark.django_db

CHANGE = """
    from broadsheet.newsroom.models import Article
    from tests.factories import republish
    republish(Article.objects.get(slug="report-5"), title="{title}")
"""
PATH = "/news/report-5/"


def truncate(site):
    with site.edition.open("r+b") as file:
        file.truncate(3000)


def scribble(site):
    with site.edition.open("r+b") as file:
        file.write(os.urandom(site.edition.stat().st_size))


def empty(site):
    site.edition.write_bytes(b"")


LOSSES = [delete, truncate, scribble, empty]


@pytest.mark.parametrize("lose", [delete, truncate, scribble])
def test_an_edition_lost_while_it_is_served_is_made_again_byte_for_byte(sites, stock, lose):
    site = sites().start()
    assert made_again(site, lose, stock.right, 60) == SOUND


def test_without_the_guard_it_would_not_be(sites, stock):
    site = sites(application=UNMENDED).start()
    assert made_again(site, delete, stock.right, 6) != SOUND


SOUND = {"errors": [], "wrong": [], "different": [], "all": True}


def made_again(site, lose, right, seconds):
    """What readers get while and after the edition is lost, and whether a new one comes to hold all pages."""
    with Readers(site.port, PATHS, 20).reading() as readers:
        site.get("/")
        lose(site)
        deadline = time.monotonic() + seconds
        while leaves(site) < len(PATHS) - 2 and time.monotonic() < deadline:
            time.sleep(0.1)
        seen = readers.until_now()
    later = [path for path in PATHS if site.get(path).digest != right[path]]
    # When everything has to be printed at once, some are asked to come back; nobody gets a wrong page.
    wrong = [answer for answer in seen.wrong(right) if not answer.endswith(": 503")]
    whole = leaves(site) >= len(PATHS) - 2
    return {"errors": seen.errors, "wrong": wrong, "different": later, "all": whole}


@pytest.mark.parametrize("lose", LOSSES)
def test_an_edition_lost_while_nobody_served_it_is_made_again_byte_for_byte(sites, stock, lose):
    site = sites()
    lose(site)
    site.start()
    assert {path for path in PATHS if site.get(path).digest != stock.right[path]} == set()


def leaves(site):
    """How many the edition holds; none while there is no sound one."""
    try:
        with closing(sqlite3.connect(f"file:{site.edition}?mode=ro", uri=True, timeout=5)) as db:
            return db.execute("SELECT count(*) FROM leaf").fetchone()[0]
    except sqlite3.Error:
        return 0


def full_disk(site):
    """The disk that holds the edition and its history takes nothing more."""
    return filled(site.edition.parent)


@contextmanager
def failing_disk(site):
    """Every write of the web processes beyond a file's first page fails (EFBIG, which SQLite calls an I/O error)."""
    processes = workers(site)
    for pid in processes:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        for pid in processes:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


def workers(site):
    """The process ids of the web processes."""
    return [int(pid) for pid in Path(f"/proc/{site.process.pid}/task/{site.process.pid}/children").read_text().split()]


def outlives(site, disk, right):
    """How a site goes on through a disk that takes nothing: whether it says so and mends itself afterwards."""
    site.get("/")
    with disk(site):
        site.python(CHANGE.format(title="Changed meanwhile"))
        with Readers(site.port, [path for path in PATHS if "report-6" in path][1:], 50).reading() as readers:
            alarmed = happens(
                20, lambda: site.get(PATH) and '"edition_trouble": null' not in site.get("/health.json").text
            )
            seen = readers.until_now()
        served = [*seen.errors, *seen.wrong(right), *([] if site.get(PATH).status == 200 else [PATH])]
    changed = happens(20, lambda: "Changed meanwhile" in site.get(PATH).text)
    ended = happens(20, lambda: '"edition_trouble": null' in site.get("/health.json").text)
    return {"alarmed": alarmed, "served": served, "changed": changed, "ended": ended}


def happens(seconds, is_so):
    deadline = time.monotonic() + seconds
    while not is_so() and time.monotonic() < deadline:
        time.sleep(0.1)
    return bool(is_so())


ALL_WELL = {"alarmed": True, "served": [], "changed": True, "ended": True}


def test_a_full_disk_keeps_nobody_from_reading_and_is_recovered_from(small_disk, stock):
    site = small_disk.start()
    assert outlives(site, full_disk, stock.right) == ALL_WELL
    assert site.log.read_text().count("edition.sqlite3 cannot be used; look at the disk") == 1
    assert site.log.read_text().count("Traceback") == 0


def test_a_disk_that_fails_keeps_nobody_from_reading_and_is_recovered_from(sites, stock):
    site = sites().start()
    assert outlives(site, failing_disk, stock.right) == ALL_WELL


def test_without_the_guard_a_failing_disk_would_not_be_recovered_from(sites, stock):
    site = sites(application=UNMENDED).start()
    assert outlives(site, failing_disk, stock.right) != ALL_WELL
