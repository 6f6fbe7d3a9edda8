"""A real web server on loopback for the wire to fetch from, and factories for its nouns."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from django.core.cache import cache

from broadsheet.wire.models import Item, Source


@dataclass
class Answer:
    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    type: str = "text/html; charset=utf-8"


@dataclass
class Site:
    """What the server answers, path by path, and what it was asked."""

    url: str = ""
    pages: dict[str, Answer | Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    at_once: int = 0
    most_at_once: int = 0

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]

    def feed(self, path: str, document: str, **headers: str) -> str:
        self.pages[path] = Answer(document, type="application/rss+xml", headers=headers)
        return self.url + path


def _handler(site: Site) -> type[BaseHTTPRequestHandler]:
    lock = threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *args: Any) -> None:
            pass

        def do_GET(self) -> None:
            with lock:
                site.asked.append((self.path, {name.lower(): value for name, value in self.headers.items()}))
                site.at_once += 1
                site.most_at_once = max(site.most_at_once, site.at_once)
            try:
                self._answer()
            except OSError:
                pass  # the reader went away, as it should from a hostile answer
            finally:
                with lock:
                    site.at_once -= 1

        def _answer(self) -> None:
            page = site.pages.get(self.path, Answer("nothing here", status=404))
            if not isinstance(page, Answer):
                page(self)
                return
            body = page.body.encode() if isinstance(page.body, str) else page.body
            etag = page.headers.get("ETag")
            if etag and self.headers.get("If-None-Match") == etag:
                self.send_response(304)
                self.end_headers()
                return
            self.send_response(page.status)
            for name, value in {"Content-Type": page.type, "Content-Length": str(len(body)), **page.headers}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

    return Handler


@pytest.fixture
def site(settings: Any) -> Iterator[Site]:
    """A web site of our own, which the fetch door is told to let through."""
    cache.clear()
    site = Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(site))
    server.daemon_threads = True
    site.url = f"http://127.0.0.1:{server.server_port}"
    settings.WIRE_FETCH_ALLOW = [f"127.0.0.1:{server.server_port}"]
    settings.WIRE_HOST_INTERVAL = 0
    settings.WIRE_FETCH_DEADLINE = 10.0
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    yield site
    server.shutdown()
    server.server_close()


@pytest.fixture
def make_source(db: None) -> Callable[..., Source]:
    def make(url: str, **fields: Any) -> Source:
        return Source.objects.create(**{"name": "Coastal Courier", "url": url, **fields})

    return make


@pytest.fixture
def make_item(make_source: Callable[..., Source]) -> Callable[..., Item]:
    def make(**fields: Any) -> Item:
        source = fields.pop("source", None) or Source.objects.first() or make_source("http://feed.example/rss")
        guid = fields.pop("guid", f"guid-{Item.objects.count()}")
        return Item.objects.create(
            **{"source": source, "guid": guid, "title": "A title", "rights": "excerpt", **fields}
        )

    return make
