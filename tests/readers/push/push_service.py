"""A push service as its RFC has it (8030, 8291, 8292), and browsers that registered with it."""

from __future__ import annotations

import base64
import json
import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import http_ece
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from py_vapid import Vapid02


def packed(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


class Browser:
    """Has keys of its own; what was pushed to it, it can read."""

    def __init__(self, service: PushService, number: int) -> None:
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.secret = os.urandom(16)
        self.path = f"/push/{number}"
        self.service = service

    @property
    def registration(self) -> dict[str, Any]:
        """As ``PushSubscription.toJSON()`` gives it."""
        point = self.private.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        keys = {"p256dh": packed(point), "auth": packed(self.secret)}
        return {"endpoint": self.service.url + self.path, "expirationTime": None, "keys": keys}

    @property
    def notes(self) -> list[dict[str, Any]]:
        """What it shows: each message decrypted, the newest of each topic."""
        shown = {}
        for path, headers, body in self.service.taken:
            if path == self.path:
                plain = http_ece.decrypt(body, private_key=self.private, auth_secret=self.secret, version="aes128gcm")
                shown[headers["topic"]] = json.loads(plain)
        return list(shown.values())


@dataclass
class PushService:
    """What it took, and what it answers to whom."""

    url: str = ""
    public: str = ""
    taken: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    answers: dict[str, list[int]] = field(default_factory=dict)
    browsers: int = 0

    def browser(self) -> Browser:
        """One more browser."""
        self.browsers += 1
        return Browser(self, self.browsers)

    def is_ours(self, authorization: str) -> bool:
        """Whether the header is signed by the key that browsers registered with, for this service, and not too old."""
        said = dict(part.strip().split("=", 1) for part in authorization.removeprefix("vapid ").split(","))
        claims = json.loads(base64.urlsafe_b64decode(said["t"].split(".")[1] + "=="))
        good = claims["aud"] == self.url and time.time() < claims["exp"] < time.time() + 86_400
        return bool(said["k"] == self.public and good and Vapid02.verify(authorization))


def _handler(service: PushService) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *args: Any) -> None:
            pass

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            headers = {name.lower(): value for name, value in self.headers.items()}
            planned = service.answers.get(self.path)
            status = planned.pop(0) if planned else 201
            if status == 201 and not (service.is_ours(headers["authorization"]) and headers["ttl"].isdecimal()):
                status = 403
            if status == 201:
                service.taken.append((self.path, headers, body))
            self.send_response(status)
            self.send_header("Retry-After", "5")
            self.send_header("Content-Length", "0")
            self.end_headers()

    return Handler


@contextmanager
def running() -> Iterator[PushService]:
    """A push service on loopback."""
    service = PushService()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(service))
    server.daemon_threads = True
    service.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield service
    server.shutdown()
    server.server_close()
