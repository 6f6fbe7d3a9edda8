"""Readers who read articles from the front's cache, and the clerk who counts them."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.db.models import Sum

from broadsheet.press import changes
from broadsheet.press.front import Front
from broadsheet.press.rendering import environ_for
from broadsheet.readers.reading import counting
from broadsheet.readers.reading.clerk import Clerk
from broadsheet.readers.reading.models import Tally

AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"


class Readers:
    """Ask a front as the web process has it."""

    def __init__(self) -> None:
        self.asked_django: list[str] = []
        django = WSGIHandler()

        def behind(environ: dict[str, Any], start_response: Any) -> Any:
            self.asked_django.append(environ["PATH_INFO"])
            return django(environ, start_response)

        self.front = Front(behind)
        self.clerk = Clerk()
        self.front.early.add(counting.PATH, counting.Counter(self.clerk))

    def ask(self, path: str, method: str = "GET", body: bytes = b"", address: str = "192.0.2.1", **headers: str) -> Any:
        environ = {**environ_for(path), "REQUEST_METHOD": method, "REMOTE_ADDR": address, "HTTP_USER_AGENT": AGENT}
        environ |= {"CONTENT_LENGTH": str(len(body)), "wsgi.input": io.BytesIO(body)}
        environ |= {f"HTTP_{name.upper()}": value for name, value in headers.items()}
        answer: list[Any] = []
        content = b"".join(self.front(environ, lambda status, sent: answer.extend([status, dict(sent)])))
        return int(answer[0].split()[0]), answer[1], content

    def beacon(
        self, article: object, address: str = "192.0.2.1", headers: dict[str, str] | None = None, **said: str
    ) -> Any:
        """What the page's script sends."""
        body = urlencode(said).encode()
        return self.ask(f"/seen/{article}/", "POST", body, address, **(headers or {}))

    def pixel(self, article: object, address: str = "192.0.2.1", **headers: str) -> Any:
        """What a browser without a script loads."""
        return self.ask(f"/seen/{article}/", address=address, **headers)

    def counted(self, article: object = None) -> int:
        """The views after the clerk's next round."""
        self.clerk.work()
        rows = Tally.objects.filter(article_id=article) if article else Tally.objects.all()
        return rows.aggregate(all=Sum("views"))["all"] or 0


@pytest.fixture(autouse=True)
def _keep_connection() -> Iterator[None]:
    """Django closes the connection after a request; here it holds the test's transaction."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def readers(paper: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Readers]:
    monkeypatch.setattr(changes, "SILENCE_SECONDS", 3600.0)
    made = Readers()
    yield made
    made.front.changes.stop()
    made.clerk.spool.close()


@pytest.fixture
def spool_folder(settings: Any) -> Path:
    return Path(settings.READING_SPOOL)
