"""A reader's view of the paper: the front before Django, as the web process runs it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from broadsheet.press import changes, follow
from broadsheet.press.edition import Edition, open_edition
from broadsheet.press.front import Front
from broadsheet.press.rendering import environ_for
from tests.press.outage.line import Line, through
from tests.press.outage.site import Site
from tests.press.outage.stock import Stock, copied, stocked
from tests.press.small_disk import mounted


@dataclass(frozen=True, kw_only=True)
class Got:
    """One answer."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()


class Reader:
    """Asks the front for pages."""

    def __init__(self) -> None:
        self.asked_django: list[str] = []
        django = WSGIHandler()

        def behind(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
            self.asked_django.append(environ["PATH_INFO"])
            return django(environ, start_response)

        self.front = Front(behind)

    def get(self, path: str, *, method: str = "GET", **headers: str) -> Got:
        path, _, query = path.partition("?")
        environ = {**environ_for(path), "REQUEST_METHOD": method, "QUERY_STRING": query}
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        answer: list[Any] = []
        body = b"".join(self.front(environ, lambda status, sent: answer.extend([status, dict(sent)])))
        return Got(status=int(answer[0].split()[0]), headers=answer[1], body=body)

    def sees(self, path: str) -> str:
        """The page after the front has followed what was changed in this test's transaction."""
        follow.follow()
        return self.get(path).text


@pytest.fixture(autouse=True)
def _keep_connection():
    """Django closes the connection after a request; here it holds the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def reader(paper: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Reader]:
    monkeypatch.setattr(changes, "SILENCE_SECONDS", 3600.0)  # queries are counted: none must come by the clock
    made = Reader()
    yield made
    made.front.changes.stop()


@pytest.fixture
def edition(reader: Reader) -> Edition:
    return open_edition()


@pytest.fixture(scope="session")
def stock(django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stock]:
    """A printed site, made once; tests work on copies of it."""
    with django_db_blocker.unblock(), stocked(tmp_path_factory.mktemp("stock") / "site") as made:
        yield made


@pytest.fixture
def sites(stock: Stock, tmp_path: Path, django_db_blocker: Any) -> Iterator[Callable[..., Site]]:
    """Makes sites, each with a folder of its own, all of one database; ``line`` leads there and can be cut."""
    with django_db_blocker.unblock(), copied(stock, tmp_path / "site") as (folder, url), ExitStack() as ending:
        line = Line(urlsplit(url).port or 5432) if url else None

        def make(name: str = "", **values: Any) -> Site:
            own = folder
            if name:
                own = tmp_path / name
                shutil.copytree(stock.folder, own, symlinks=True)
            reached = through(url, line) if line else ""
            site = Site(folder=own, database_url=reached, line=line, direct_url=url, **values)
            ending.callback(site.kill)
            return site

        if line:
            ending.callback(line.close)
        yield make


@pytest.fixture
def small_disk(sites: Callable[..., Site]) -> Iterator[Site]:
    """A site whose edition and history lie on a small disk of their own."""
    site = sites()
    with mounted(site.folder / "press", 24) as folder:
        for name in ("edition.sqlite3", "history.sqlite3"):
            shutil.copy(site.folder / name, folder / name)
        site.edition_path = folder / "edition.sqlite3"
        yield site
        site.kill()
