"""A mail server of our own, on this machine: it keeps what it gets, and refuses whom it is told to."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from aiosmtpd.controller import Controller


@dataclass
class Sink:
    """What a server got, and how it answers."""

    got: list[tuple[str, bytes]] = field(default_factory=list)
    rcpt: dict[str, str] = field(default_factory=dict)
    data: dict[str, str] = field(default_factory=dict)
    sender: str = ""
    connections: int = 0
    port: int = 0

    @property
    def recipients(self) -> list[str]:
        return [address for address, _ in self.got]

    async def handle_EHLO(self, server: Any, session: Any, envelope: Any, hostname: str, responses: Any) -> Any:  # noqa: N802
        self.connections += 1
        session.host_name = hostname
        return responses

    async def handle_MAIL(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        envelope.mail_from = address
        return self.sender or "250 OK"

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        if address in self.rcpt:
            return self.rcpt[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        to = envelope.rcpt_tos[0]
        answer = self.data.get(to, "250 OK")
        if answer == "hang up":
            server.transport.close()
            return "250 OK"
        if answer == "hang up after keeping":
            self.got.append((to, envelope.content))
            server.transport.close()
            return "250 OK"
        if answer.startswith("2"):
            self.got.append((to, envelope.content))
        return answer


@contextmanager
def listening() -> Iterator[Sink]:
    """The server, on a free port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        sink = Sink(port=free.getsockname()[1])
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port, ready_timeout=30)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()
