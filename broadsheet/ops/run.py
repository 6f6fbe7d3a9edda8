"""``broadsheet run``: web and worker together."""

from __future__ import annotations

import socket
import sys
from collections.abc import Sequence
from typing import NoReturn

from broadsheet.ops import keeper
from broadsheet.ops.config import SiteConfig
from broadsheet.ops.errors import PortTaken
from broadsheet.ops.keeper import Plan
from broadsheet.ops.processes import Program, connections

APPLICATION = "broadsheet.ops.wsgi:application"


def web_program(config: SiteConfig, host: str, port: int) -> Program:
    """Granian with the front."""
    command = web_command(host=host, port=port, workers=config.workers, threads=max(2, config.threads))
    return Program(name="web", command=command)


def web_command(*, host: str, port: int, workers: int, threads: int, application: str = APPLICATION) -> list[str]:
    """How Granian is started.

    Its ``--backpressure`` counts connections, also those that only wait for the next request, as browsers and proxies
    keep them: at the limit nobody else is let in until one has been idle for half a minute. How much is worked on
    at a time is for the threads to say.
    """
    return [
        sys.executable, "-m", "granian", "--interface", "wsgi", application,
        "--host", host, "--port", str(port), "--workers", str(workers), "--blocking-threads", str(threads),
        "--backpressure", str(connections()), "--no-ws", "--log-level", "warning", "--respawn-failed-workers",
    ]  # fmt: skip


def worker_program() -> Program:
    """The worker."""
    return Program(name="worker", command=[sys.executable, "-m", "broadsheet.ops.cli", "worker"])


def run(config: SiteConfig, host: str, port: int, more: Sequence[Program] = (), message: str = "") -> NoReturn:
    """Start the site and keep it running until interrupted: this process becomes the one that does. Never returns.

    Args:
        config: the site's configuration.
        host: address to listen on.
        port: port to listen on.
        more: further programs to run beside it.
        message: printed once readers can be served.
    Raises:
        PortTaken: somebody listens there already.
    """
    ensure_free(host, port)
    keeper.become(
        Plan(
            programs=[web_program(config, host, port), worker_program(), *more],
            site=str(config.site),
            url=f"http://127.0.0.1:{port}/robots.txt",
            message=message or f"Serving on {config.base_url} (Ctrl-C ends it).",
        )
    )


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
