"""Starting a server on one core and loading it from the other."""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.front.site import environment

SERVER_CORE, LOAD_CORE = "0", "1"
GZIP = "Accept-Encoding: gzip"


@dataclass(frozen=True, kw_only=True)
class Server:
    """Something that serves the page."""

    name: str
    """What it is called."""
    command: list[str]
    """How it is started; PORT stands for its port."""
    path: str
    """The page's path."""


@dataclass(frozen=True, kw_only=True)
class Load:
    """How a server is loaded."""

    seconds: int
    """How long for each kind of client."""
    connections: int
    """Clients at a time."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """Requests a second that one server answered."""

    plain: float
    """Of clients that take no coding."""
    gzip: float
    """Of clients that take gzip."""
    not_modified: float
    """Of clients that have the page."""


def serve_and_load(server: Server, folder: Path, load: Load) -> Figure:
    """Start a server, load it with each kind of client, stop it."""
    with running(server, folder) as url:
        tag = first_answer(url)
        found = Figure(
            plain=wrk(url, load),
            gzip=wrk(url, load, GZIP),
            not_modified=wrk(url, load, GZIP, f"If-None-Match: {tag}"),
        )
    print(f"{server.name}: {found.plain:,.0f} plain, {found.gzip:,.0f} gzip, {found.not_modified:,.0f} 304", flush=True)
    return found


@contextmanager
def running(server: Server, folder: Path) -> Iterator[str]:
    """A server on a core of its own; gives the page's address."""
    port = free_port()
    ready = []
    for part in server.command:
        if part.endswith("nginx.conf"):
            config = Path(part)
            config.with_suffix(".now").write_text(config.read_text().replace("PORT", str(port)))
            part = str(config.with_suffix(".now"))
        ready.append(part.replace("PORT", str(port)))
    process = subprocess.Popen(["taskset", "-c", SERVER_CORE, *ready], cwd=folder, env=environment(folder))
    try:
        yield f"http://127.0.0.1:{port}{server.path}"
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(15)


def first_answer(url: str) -> str:
    """Wait for the server and warm it up; returns the entity tag of its gzip variant."""
    deadline = time.monotonic() + 30
    while True:
        try:
            asked = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
            for _ in range(20):
                with urllib.request.urlopen(asked) as answer:
                    tag = answer.headers.get("ETag", "")
            return tag
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.1)


def wrk(url: str, load: Load, *headers: str) -> float:
    """Requests a second; answers other than 2xx and 3xx are an error."""
    flags = [part for header in headers for part in ("-H", header)]
    command = ["taskset", "-c", LOAD_CORE, "wrk", "-t1", f"-c{load.connections}", f"-d{load.seconds}s", *flags, url]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in found:
        raise SystemExit(f"{url} answered with errors:\n{found}")
    return float(re.search(r"Requests/sec:\s+([\d.]+)", found)[1])  # type: ignore[index]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
