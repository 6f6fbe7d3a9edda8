"""Shared by the whole suite: a closed network, an edition of its own for every test, a paper."""

from __future__ import annotations

import os
import shutil
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

CI = os.environ.get("CI") == "true"


@pytest.fixture(autouse=True, scope="session")
def _closed_network() -> Iterator[None]:
    """Only this machine can be reached."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        if self.family != socket.AF_UNIX and address[0] not in {"127.0.0.1", "::1", "localhost"}:
            raise AssertionError(f"a test tried to reach {address}")
        connect(self, address)

    socket.socket.connect = guarded  # type: ignore[method-assign]
    yield
    socket.socket.connect = connect  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def _own_edition(tmp_path: Path, settings: Any) -> None:
    """Every test prints its own edition, keeps its own media, and remembers nothing of the test before."""
    from broadsheet.readers.search import shell

    settings.EDITION_PATH = str(tmp_path / "edition.sqlite3")
    settings.READING_SPOOL = str(tmp_path / "reading")
    settings.MEDIA_ROOT = str(tmp_path / "media")
    cache.clear()  # pictures' sizes are remembered by numbers that come again after a rollback
    shell.forget()  # kept by the number of the newest purge, as above


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Path | None:
    """The suite's database. On SQLite a copy is put by before any test empties a table."""
    from django.db import connection
    from django.test.utils import setup_databases

    if connection.vendor != "sqlite":
        return None
    copy = tmp_path_factory.mktemp("migrated") / "broadsheet.sqlite3"
    with django_db_blocker.unblock(), closing(sqlite3.connect(copy)) as file:
        if "django_migrations" not in connection.introspection.table_names():
            setup_databases(0, interactive=False)  # none of the tests that were chosen asks the database itself
        connection.ensure_connection()
        connection.connection.backup(file)
    return copy


@pytest.fixture(scope="session")
def migrated(django_db_setup: Path) -> Path:
    """SQLite's file as the migrations leave it: a site whose subject is another begins with a copy."""
    return django_db_setup


@pytest.fixture
def paper(db: None) -> Any:
    """A founded paper: its home page."""
    from tests.factories import make_paper

    return make_paper()


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of a Chromium; without one the test is skipped, or fails where CI promises it."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None:
        message = "no Chromium on this machine: on Debian, apt install chromium"
        pytest.fail(message) if CI else pytest.skip(message)
    return found


ONCE = {
    "journeys",
    "hostile",
    "theme",
    "test_nginx.py",
    "test_varnish.py",
    "test_cdn.py",
    "test_crowd.py",
    "test_wire_browser.py",
    "test_views_in_a_browser.py",
}
"""Folders and files whose subject is the same on every database."""
DATABASE = {"db", "transactional_db", "django_db_setup", "live_server"}
"""Fixtures without which, as without the mark, a test is refused the database."""


def _differs_by_database(item: pytest.Item) -> bool:
    asks = item.get_closest_marker("django_db") or DATABASE & set(getattr(item, "fixturenames", ()))
    return bool(asks or "postgres" in item.keywords) and not ONCE & set(item.path.parts)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests marked postgres run in the PostgreSQL pass alone; what asks no database, and ONCE, in the other."""
    if os.environ.get("BROADSHEET_TEST_DATABASE") == "postgres":
        skip = pytest.mark.skip(reason="runs in the SQLite pass: it is the same on both")
        unwanted = [item for item in items if not _differs_by_database(item)]
    else:
        skip = pytest.mark.skip(reason="runs in the PostgreSQL pass: BROADSHEET_TEST_DATABASE=postgres")
        unwanted = [item for item in items if "postgres" in item.keywords]
    for item in unwanted:
        item.add_marker(skip)
