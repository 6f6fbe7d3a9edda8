"""A site served as ``broadsheet run`` serves it: web and worker, in processes of their own."""

from __future__ import annotations

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

START_SECONDS = 120.0
LINK = re.compile(r'href="(/[^"#?]*)"')
AT_ONCE = 2


@contextmanager
def served(site: Path) -> Iterator[int]:
    """Serve a site inside; yields the port.

    Raises:
        SystemExit: it does not answer.
    """
    (site / "broadsheet.toml").touch()
    port = _free_port()
    command = [sys.executable, "-m", "broadsheet.ops.cli", "run", "--port", str(port)]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("DJANGO_")}
    with (site / "run.log").open("w") as log:
        process = subprocess.Popen(command, cwd=site, env=clean, stdout=log, stderr=log)
        try:
            _wait(port, process)
            yield port
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def warm(port: int, paths: Iterable[str]) -> dict[str, str]:
    """Ask for each address once; returns the pages of those that are there."""
    with ThreadPoolExecutor(AT_ONCE) as pool:
        answers = pool.map(lambda path: (path, ask(port, path)), dict.fromkeys(paths))
        return {path: body for path, (status, _, body) in answers if status == http.client.OK}


def links(pages: Iterable[str]) -> list[str]:
    """The site's own addresses that pages link to."""
    found = (path for page in pages for path in LINK.findall(page))
    return [path for path in dict.fromkeys(found) if not path.startswith(("/static/", "/media/", "/desk/", "/search/"))]


def ask(port: int, path: str) -> tuple[int, str, str]:
    """GET an address over a connection of its own: the status, the entity tag without quotes, the body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        connection.request("GET", path)
        answer = connection.getresponse()
        return answer.status, answer.headers.get("ETag", "").strip('"'), answer.read().decode()
    finally:
        connection.close()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            ask(port, "/robots.txt")
            return
        except OSError:
            time.sleep(0.2)
    raise SystemExit("The site does not answer; see run.log in its folder.")


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
