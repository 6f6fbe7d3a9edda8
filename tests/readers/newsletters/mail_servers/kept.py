"""What is kept, what both protocols share, and the server."""

from __future__ import annotations

import socketserver
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

USER, PASSWORD = "news@example.org", "s3cret word"


@dataclass
class Kept:
    """A mailbox: mails by their UID, their flags, and what was asked of it."""

    mails: dict[int, bytes] = field(default_factory=dict)
    flags: dict[int, set[str]] = field(default_factory=dict)
    fetched: list[int] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)
    last: int = 0
    scheme: str = "imap"
    port: int = 0
    uidplus: bool = True
    knows_top: bool = True
    password: str = PASSWORD
    hang_up_at: str = ""
    """The first words of the command that it dies of, once."""
    silent_at: str = ""
    """The first words of the command that it never answers."""
    unreadable: set[int] = field(default_factory=set)
    released: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"{self.scheme}://news%40example.org:s3cret%20word@127.0.0.1:{self.port}"

    def put(self, *mails: bytes) -> None:
        for mail in mails:
            self.last += 1  # never given twice
            self.mails[self.last], self.flags[self.last] = mail, set()

    def remove(self, uid: int) -> None:
        del self.mails[uid], self.flags[uid]


class Session(socketserver.StreamRequestHandler):
    """What both protocols share: lines, faults, and the turn to TLS."""

    server: Server

    def setup(self) -> None:
        if self.server.kept.scheme in {"imaps", "pop3s"}:
            self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        super().setup()

    def finish(self) -> None:
        super().finish()
        self.request.close()

    def say(self, line: str | bytes) -> None:
        self.wfile.write((line.encode() if isinstance(line, str) else line) + b"\r\n")

    def lines(self) -> Iterator[str]:
        kept = self.server.kept
        while line := self.rfile.readline().decode().strip():
            kept.asked.append(line)
            if kept.silent_at and kept.silent_at in line:
                kept.released.wait(30)
                return
            if kept.hang_up_at and kept.hang_up_at in line:
                kept.hang_up_at = ""
                return
            yield line

    def encrypt(self) -> None:
        self.request = self.server.tls.wrap_socket(self.request, server_side=True)
        self.rfile = self.request.makefile("rb")
        self.wfile = socketserver._SocketWriter(self.request)


class Server(socketserver.ThreadingTCPServer):
    """A server for one mailbox."""

    daemon_threads = True

    def __init__(self, kept: Kept, session: type[Session], certificate: Path) -> None:
        self.kept = kept
        self.tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.tls.load_cert_chain(certificate)
        super().__init__(("127.0.0.1", 0), session)
        kept.port = self.server_address[1]

    def handle_error(self, request: object, client_address: object) -> None:
        """Clients that hang up are what some tests are about."""
