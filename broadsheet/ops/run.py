"""``broadsheet run``: web and worker together."""

from __future__ import annotations

import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence

from broadsheet.ops.config import SiteConfig
from broadsheet.ops.errors import PortTaken
from broadsheet.ops.processes import Processes, Program


def web_program(config: SiteConfig, host: str, port: int) -> Program:
    """Granian with the front."""
    return Program(
        name="web",
        command=[
            sys.executable, "-m", "granian", "--interface", "wsgi", "broadsheet.ops.wsgi:application",
            "--host", host, "--port", str(port), "--workers", str(config.workers),
            "--blocking-threads", str(max(2, config.threads)), "--backpressure", str(config.threads * 16),
            "--no-ws", "--log-level", "warning",
            "--respawn-failed-workers",
        ],
    )  # fmt: skip


def worker_program() -> Program:
    """The worker."""
    return Program(name="worker", command=[sys.executable, "-m", "broadsheet.ops.cli", "worker"])


def run(config: SiteConfig, host: str, port: int, more: Sequence[Program] = (), message: str = "") -> int:
    """Start the site and keep it running until interrupted.

    Args:
        config: the site's configuration.
        host: address to listen on.
        port: port to listen on.
        more: further programs to run beside it.
        message: printed once readers can be served.
    Returns:
        The exit code.
    """
    ensure_free(host, port)
    processes = Processes(
        [web_program(config, host, port), worker_program(), *more], {"BROADSHEET_SITE": str(config.site)}
    )
    processes.start()
    if wait_for(f"http://127.0.0.1:{port}/robots.txt"):
        print(message or f"Serving on {config.base_url} (Ctrl-C ends it).", flush=True)
    return processes.keep()


def ensure_free(host: str, port: int) -> None:
    """Refuse a port on which somebody listens: two sites on one port would answer by turns.

    Raises:
        PortTaken: the port is in use, or is none.
    """
    if not 0 < port < 65_536:
        raise PortTaken(f"{port} is no port: choose one from 1024 to 65535 with --port.")
    try:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError as error:
        raise PortTaken(
            f"Port {port} on {host} is in use: end what runs there, or choose another with --port."
        ) from error


def wait_for(url: str, seconds: float = 30) -> bool:
    """Wait until an address of ours answers. Returns whether it did."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 (our own address)
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.1)
    return False
