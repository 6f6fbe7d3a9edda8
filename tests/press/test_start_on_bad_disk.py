"""A site started on a disk that takes nothing: what was printed is read all the same (R7)."""

from __future__ import annotations

import http.client
import subprocess
from contextlib import contextmanager

import pytest

from tests.press.outage.stock import PATHS
from tests.press.small_disk import filled
from tests.press.test_disk import CHANGE, PATH, happens

UNTOUCHED = [path for path in PATHS if "report-6" in path]
"""Pages that do not show what is changed."""

pytestmark = pytest.mark.django_db


@contextmanager
def read_only(folder):
    """The disk of a folder, which nobody has open, is read-only."""
    assert happens(10, lambda: remounted(folder, "ro"))  # a process that was killed may take a moment to be gone
    try:
        yield
    finally:
        assert remounted(folder, "rw")


def remounted(folder, how):
    return subprocess.run(["mount", "-o", f"remount,{how}", str(folder)], capture_output=True).returncode == 0


def ended_kindly(site):
    """Nobody has the edition open, and its log is written back: only the file itself is left."""
    site.start()
    site.get("/")
    site.stop()


def ended_by_force(site):
    """Its log and the index of that are left behind."""
    site.start()
    site.get("/")
    site.kill()


@pytest.mark.parametrize(("end", "disk"), [(ended_by_force, read_only), (ended_kindly, filled)])
def test_a_site_started_on_a_disk_that_takes_nothing_is_read_and_catches_up_afterwards(small_disk, stock, end, disk):
    apart = small_disk
    end(apart)
    with disk(apart.edition.parent):
        apart.start()
        apart.python(CHANGE.format(title="Changed meanwhile"))
        wrong = {path for path in UNTOUCHED if apart.get(path).digest != stock.right[path]}
        alarmed = happens(
            20, lambda: apart.get(PATH) and '"edition_trouble": null' not in apart.get("/health.json").text
        )
        served = apart.get(PATH).status
    assert (wrong, served, alarmed) == (set(), 200, True)
    assert happens(20, lambda: "Changed meanwhile" in text(apart))
    assert happens(20, lambda: '"edition_trouble": null' in text(apart, "/health.json"))


def text(site, path=PATH):
    """A page; nothing in the moment in which one web process takes another's place."""
    try:
        return site.get(path).text
    except (OSError, http.client.HTTPException):
        return ""
