"""A whole site in its own processes, an agency's feed beside it, and a browser."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[2]

FEED = """<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Agency</title><link>http://{host}/</link>
<item><guid>1</guid><title>Bridge to close for a week</title>
<link>http://{host}/bridge</link>
<description>Drivers are asked to use the tunnel.</description><pubDate>Mon, 04 May 2026 09:00:00 GMT</pubDate></item>
</channel></rss>"""
PAGE = """<!doctype html><html lang="en"><head><title>Bridge to close for a week</title></head>
<body><nav>Home Shop</nav>
<article><h1>Bridge to close for a week</h1>{paragraphs}<p>Share this</p></article>
<footer>Imprint</footer></body></html>"""
PARAGRAPHS = "".join(
    f"<p>{text}</p>"
    for text in (
        "The old bridge will be closed to all traffic from Monday morning while its bearings are replaced, the roads "
        "department said after a meeting with the contractor on Thursday.",
        "Drivers are asked to use the tunnel, which will be free of charge for the week, and to expect queues of up to "
        "forty minutes between seven and nine in the morning.",
        "Buses of lines four and nine will turn at the market square. A ferry takes pedestrians and bicycles across "
        "every quarter of an hour until midnight.",
        "The work costs two million and was put off twice because the steel did not arrive in time.",
    )
)


class Agency(BaseHTTPRequestHandler):
    """A feed and the page it links to."""

    def do_GET(self) -> None:
        host = self.headers["Host"]
        body, kind = {
            "/feed.xml": (FEED.format(host=host), "application/rss+xml"),
            "/bridge": (PAGE.format(paragraphs=PARAGRAPHS), "text/html"),
        }.get(self.path, ("", "text/plain"))
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *args: object) -> None:
        """Quiet."""


@dataclass(frozen=True, kw_only=True)
class Site:
    """A running site."""

    folder: Path
    url: str
    agency: str
    environment: dict[str, str]

    def broadsheet(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, "-m", "broadsheet.ops.cli", *arguments],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def agency() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Agency)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture(scope="session")
def founded(tmp_path_factory: pytest.TempPathFactory, migrated: Path) -> Site:
    """A site that has been made and not yet run: the journeys go on in copies of it, one after another on one port."""
    folder, url = tmp_path_factory.mktemp("journey") / "site", f"http://localhost:{_free_port()}"
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("BROADSHEET_", "DJANGO_"))}
    made = Site(folder=folder, url=url, agency="", environment={**clean, "PYTHONPATH": str(ROOT)})
    new = [sys.executable, "-m", "broadsheet.ops.cli", "new", str(folder), "--name", "The Mirror", "--url", url]
    subprocess.run(new, env=made.environment, check=True, capture_output=True)
    shutil.copy(migrated, folder)
    made.environment.update(DJANGO_SUPERUSER_PASSWORD="correct horse", DJANGO_SUPERUSER_USERNAME="editor")
    made.broadsheet("createsuperuser", "--noinput", "--email", "editor@example.org")
    return made


@pytest.fixture(scope="module")
def site(founded: Site, tmp_path_factory: pytest.TempPathFactory, agency: str) -> Iterator[Site]:
    environment = {**founded.environment, "BROADSHEET_FETCH_ALLOW": agency}
    folder = tmp_path_factory.mktemp("journey") / "site"
    shutil.copytree(founded.folder, folder, symlinks=True)
    made = replace(founded, folder=folder, agency=agency, environment=environment)
    process = subprocess.Popen(
        [sys.executable, "-m", "broadsheet.ops.cli", "run", "--port", str(urlsplit(made.url).port)],
        cwd=folder,
        env=environment,
        start_new_session=True,
    )
    try:
        _wait_for(f"{made.url}/robots.txt")
        yield made
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(20)


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
        started = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield started
        started.close()


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _wait_for(url: str) -> None:
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        try:
            urllib.request.urlopen(url, timeout=5).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise AssertionError(f"{url} never answered")
