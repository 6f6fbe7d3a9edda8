"""The edition's file lost, damaged, or on a disk that takes nothing more (R6, R7)."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager

import pytest

from tests.press.outage.asking import Readers
from tests.press.outage.stock import PATHS
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


@pytest.mark.parametrize("lose", LOSSES)
def test_an_edition_lost_while_it_is_served_is_made_again_byte_for_byte(sites, stock, lose):
    site = sites().start()
    with Readers(site.port, PATHS, 40).reading() as readers:
        site.get("/")
        lose(site)
        site.wait_until("making it again", 60, lambda: leaves(site) >= len(PATHS) - 2)
        seen = readers.until_now()
    assert (seen.errors, seen.wrong(stock.right)) == ([], [])
    assert {path for path in PATHS if site.get(path).digest != stock.right[path]} == set()


@pytest.mark.parametrize("lose", LOSSES)
def test_an_edition_lost_while_nobody_served_it_is_made_again_byte_for_byte(sites, stock, lose):
    site = sites()
    lose(site)
    site.start()
    assert {path for path in PATHS if site.get(path).digest != stock.right[path]} == set()


def leaves(site):
    import sqlite3

    try:
        with sqlite3.connect(f"file:{site.edition}?mode=ro", uri=True, timeout=5) as db:
            return db.execute("SELECT count(*) FROM leaf").fetchone()[0]
    except sqlite3.Error:
        return 0
    finally:
        if "db" in locals():
            db.close()


@contextmanager
def full_disk(site):
    """The disk that holds the edition and its history takes nothing more."""
    stuffing = site.folder / "press" / "stuffing"
    with stuffing.open("wb", buffering=0) as file:
        for size in (65_536, 512, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    try:
        yield
    finally:
        stuffing.unlink()


@pytest.fixture
def small_disk(sites, tmp_path):
    """A site whose edition and history lie on a small disk of their own."""
    site = sites()
    folder = site.folder / "press"
    folder.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=24m", "tmpfs", folder], capture_output=True, text=True
    )
    if mounted.returncode:
        pytest.skip(f"a disk of its own cannot be mounted here: {mounted.stderr.strip()}")
    try:
        for name in ("edition.sqlite3", "history.sqlite3"):
            shutil.copy(site.folder / name, folder / name)
        site.edition_path = folder / "edition.sqlite3"
        yield site
    finally:
        site.kill()
        subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_full_disk_keeps_nobody_from_reading_and_is_recovered_from(small_disk, stock):
    site = small_disk.start()
    site.get("/")
    with full_disk(site):
        site.python(CHANGE.format(title="Changed while full"))
        with Readers(site.port, [path for path in PATHS if "report-9" in path], 50).reading() as readers:
            site.wait_until("the alarm", 20, lambda: '"edition_trouble": null' not in site.get("/health/").text)
            seen = readers.until_now()
        assert (seen.errors, seen.wrong(stock.right)) == ([], [])
        assert site.get(PATH).status == 200
        assert site.get("/news/report-77/?fresh").status == 200
    site.wait_until("showing the change", 30, lambda: "Changed while full" in site.get(PATH).text)
    site.wait_until("the alarm's end", 30, lambda: '"edition_trouble": null' in site.get("/health/").text)
    assert site.log.read_text().count("cannot be used; look at the disk") <= 2
    assert site.log.read_text().count("Traceback") == 0
