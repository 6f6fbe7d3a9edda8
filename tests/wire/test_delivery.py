"""Bringing something to another site: the same guard, one connection, no redirect."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from broadsheet.wire.errors import BadStatus, Forbidden, TooLarge, Unreachable
from broadsheet.wire.fetching import Courier, Parcel


@dataclass
class Service:
    """What a service was brought, and over how many connections."""

    url: str = ""
    brought: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)
    connections: int = 0


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    service: Service

    def log_message(self, *args: Any) -> None:
        pass

    def setup(self) -> None:
        super().setup()
        self.service.connections += 1

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.service.brought.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
        if self.path == "/moved":
            self.send_response(307)
            self.send_header("Location", "/")
        else:
            self.send_response({"/gone": 410, "/busy": 429}.get(self.path, 201))
        answer = b"x" * 70_000 if self.path == "/long" else b"taken"
        self.send_header("Retry-After", "7")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


@pytest.fixture
def service(settings: Any) -> Iterator[Service]:
    service = Service()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Own", (Handler,), {"service": service}))
    service.url = f"http://127.0.0.1:{server.server_port}"
    settings.WIRE_FETCH_ALLOW = [service.url.removeprefix("http://")]
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield service
    server.shutdown()
    server.server_close()


def test_parcels_go_over_one_connection(service: Service) -> None:
    with Courier() as courier:
        receipts = [
            courier.deliver(Parcel(url=f"{service.url}/a", body=bytes([n]), headers={"TTL": "60"})) for n in range(3)
        ]
    assert [(receipt.status, receipt.body) for receipt in receipts] == [(201, b"taken")] * 3
    assert [body for _, _, body in service.brought] == [b"\0", b"\1", b"\2"]
    assert service.brought[0][1]["ttl"] == "60"
    assert service.connections == 1


def test_what_is_no_success_is_an_error_and_a_redirect_is_not_followed(service: Service) -> None:
    with Courier() as courier:
        for path, status in (("/gone", 410), ("/busy", 429), ("/moved", 307)):
            with pytest.raises(BadStatus) as caught:
                courier.deliver(Parcel(url=service.url + path, body=b""))
            assert (caught.value.status, caught.value.retry_after) == (status, 7)
        with pytest.raises(TooLarge):
            courier.deliver(Parcel(url=f"{service.url}/long", body=b""))
        assert courier.deliver(Parcel(url=f"{service.url}/a", body=b"after")).status == 201
    assert [path for path, _, _ in service.brought] == ["/gone", "/busy", "/moved", "/long", "/a"]


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "https://169.254.169.254/", "http://[::1]/", "ftp://example.org/"]
)
def test_nothing_is_brought_to_a_forbidden_address(service: Service, url: str) -> None:
    with Courier() as courier, pytest.raises(Forbidden):
        courier.deliver(Parcel(url=url, body=b"secret"))


def test_nobody_there_is_said_plainly(service: Service, settings: Any) -> None:
    settings.WIRE_FETCH_ALLOW = ["127.0.0.1:1"]
    with Courier() as courier, pytest.raises(Unreachable):
        courier.deliver(Parcel(url="http://127.0.0.1:1/", body=b""))
