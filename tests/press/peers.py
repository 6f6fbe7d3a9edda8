"""Local peers for the press's tests: services that record what they are asked, and the site itself on a port."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from django.db import connections


@dataclass(frozen=True, kw_only=True)
class Asked:
    """One request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes


@dataclass
class Peer:
    """A service that records requests, and answers as it is told."""

    url: str = ""
    asked: list[Asked] = field(default_factory=list)
    answers: list[tuple[int, dict[str, str], bytes]] = field(default_factory=list)
    usual: tuple[int, dict[str, str], bytes] = (200, {}, b"{}")
    before: Callable[[], None] | None = None

    def next(self) -> tuple[int, dict[str, str], bytes]:
        return self.answers.pop(0) if self.answers else self.usual


@contextmanager
def serving(peer: Peer) -> Iterator[Peer]:
    """The peer on a port of this machine."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            peer.asked.append(Asked(method=self.command, path=self.path, headers=self.named(), body=body))
            if peer.before:
                peer.before()
            status, headers, text = peer.next()
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(text))}.items():
                self.send_header(name, value)
            with suppress(BrokenPipeError):  # whoever asked has not waited
                self.end_headers()
                self.wfile.write(text)

        def named(self) -> dict[str, str]:
            return {name.lower(): value for name, value in self.headers.items()}

        do_GET = do_POST = do_PURGE = answer  # noqa: N815 (http.server's names)

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    peer.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield peer
    finally:
        server.shutdown()
        server.server_close()


class _Quiet(WSGIRequestHandler):
    def log_message(self, *args: Any) -> None:
        pass


class _Threads(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@contextmanager
def site(application: Callable[..., Any], port: int = 0) -> Iterator[int]:
    """A WSGI application on a port; each request has its own thread, whose connections are closed after it."""

    def closing(environ: dict[str, Any], start_response: Callable[..., Any]) -> Any:
        try:
            return [b"".join(application(environ, start_response))]
        finally:
            connections.close_all()

    server = make_server("127.0.0.1", port, closing, server_class=_Threads, handler_class=_Quiet)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
