"""The one fetch door."""

from __future__ import annotations

import gzip
import socket
import threading
import time
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest

from broadsheet.wire.errors import (
    BadAnswer,
    BadStatus,
    Forbidden,
    RobotsDisallowed,
    TimedOut,
    TooLarge,
    TooManyRedirects,
    Unreachable,
)
from broadsheet.wire.fetching import FetchRequest, Purpose, fetch
from tests.wire.conftest import Answer, Site


def test_brings_the_bytes_and_says_who_asks(site: Site, settings: Any) -> None:
    settings.WIRE_USER_AGENT_CONTACT = "https://paper.example/about"
    site.pages["/feed"] = Answer("hello", headers={"ETag": '"1"', "Last-Modified": "Mon, 23 Nov 2026 10:00:00 GMT"})

    answer = fetch(FetchRequest(url=f"{site.url}/feed"))

    assert (answer.status, answer.body, answer.etag) == (200, b"hello", '"1"')
    assert answer.last_modified == "Mon, 23 Nov 2026 10:00:00 GMT"
    assert "https://paper.example/about" in site.asked[0][1]["user-agent"]


def test_a_conditional_question_gets_not_modified(site: Site) -> None:
    site.pages["/feed"] = Answer("hello", headers={"ETag": '"1"'})

    answer = fetch(FetchRequest(url=f"{site.url}/feed", etag='"1"', last_modified="Mon, 23 Nov 2026 10:00:00 GMT"))

    assert answer.not_modified and answer.body == b""
    assert site.asked[0][1]["if-modified-since"] == "Mon, 23 Nov 2026 10:00:00 GMT"


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://127.1/",
        "http://2130706433/",
        "http://0x7f000001/",
        "http://[::1]/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:93.184.215.14]/",
        "http://[2001:20::1]/",
        "http://168.63.129.16/",
        "http://169.254.169.254/latest/meta-data/",
        "http://10.0.0.1/",
        "http://93.184.215.14:22/",
        "http://user:pass@93.184.215.14/",
        "ftp://93.184.215.14/",
        "file:///etc/passwd",
        "http://[",
    ],
)
def test_forbidden_addresses_are_never_connected_to(url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    connections: list[Any] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _, address: connections.append(address))

    with pytest.raises((Forbidden, Unreachable)):
        fetch(FetchRequest(url=url))

    assert connections == []


def test_a_name_that_points_into_the_network_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    inside = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("192.168.1.1", 80))
    outside = (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 80))
    connections: list[Any] = []
    monkeypatch.setattr(socket.socket, "connect", lambda _, address: connections.append(address))
    for answers in ([inside], [outside, inside]):
        monkeypatch.setattr(socket, "getaddrinfo", lambda *_, found=answers: found)
        with pytest.raises(Forbidden) as refusal:
            fetch(FetchRequest(url="http://rebind.example/"))
        assert "192.168.1.1" in str(refusal.value)
    assert connections == []


def test_a_name_is_looked_up_once_so_it_cannot_move_in_between(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    lookups: list[str] = []
    public = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("93.184.215.14", 80))]

    def look_up(host: str, *arguments: Any) -> list[Any]:
        lookups.append(host)
        return public if len(lookups) == 1 else [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", 80))]

    connections: list[Any] = []

    def connect(self: socket.socket, address: Any) -> None:
        connections.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setattr(socket.socket, "connect", connect)
    with pytest.raises(Unreachable):
        fetch(FetchRequest(url="http://rebind.example/"))
    assert connections == [("93.184.215.14", 80)] and len(lookups) == 1


def test_a_redirect_into_the_network_is_refused(site: Site) -> None:
    site.pages["/away"] = Answer(status=302, headers={"Location": "http://169.254.169.254/latest/"})
    with pytest.raises(Forbidden) as refusal:
        fetch(FetchRequest(url=f"{site.url}/away"))
    assert refusal.value.address == "169.254.169.254"


def test_redirects_are_followed_and_a_move_for_good_is_told(site: Site) -> None:
    site.pages["/old"] = Answer(status=301, headers={"Location": "/new"})
    site.pages["/new"] = Answer("here")
    site.pages["/once"] = Answer(status=302, headers={"Location": "/new"})

    assert fetch(FetchRequest(url=f"{site.url}/old")).moved_to == f"{site.url}/new"
    assert fetch(FetchRequest(url=f"{site.url}/once")).moved_to == ""


def test_a_loop_of_redirects_ends(site: Site) -> None:
    site.pages["/loop"] = Answer(status=302, headers={"Location": "/loop"})
    with pytest.raises(TooManyRedirects):
        fetch(FetchRequest(url=f"{site.url}/loop"))
    assert len(site.asked) == 6


def _drip(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.end_headers()
    while True:
        handler.wfile.write(b".")
        handler.wfile.flush()
        time.sleep(0.05)


def _endless_header(handler: BaseHTTPRequestHandler) -> None:
    handler.wfile.write(b"HTTP/1.1 200 OK\r\nX-Long: ")
    while True:
        handler.wfile.write(b"a" * 10_000)


def test_an_answer_that_drips_ends_at_the_deadline(site: Site) -> None:
    site.pages["/slow"] = _drip
    started = time.monotonic()
    with pytest.raises(TimedOut):
        fetch(FetchRequest(url=f"{site.url}/slow", deadline=0.5))
    assert time.monotonic() - started < 20  # instead of never


def test_headers_without_end_are_refused(site: Site) -> None:
    site.pages["/headers"] = _endless_header
    with pytest.raises((BadAnswer, TooLarge)):
        fetch(FetchRequest(url=f"{site.url}/headers", deadline=5))


def test_a_validator_that_no_header_can_carry_is_left_out(site: Site) -> None:
    site.pages["/"] = Answer("x")
    assert fetch(FetchRequest(url=f"{site.url}/", etag='"é"', last_modified="a\r\nX-Evil: 1")).body == b"x"
    assert not {"if-none-match", "if-modified-since", "x-evil"} & set(site.asked[0][1])


def test_too_many_headers_are_refused(site: Site) -> None:
    site.pages["/"] = Answer("x", headers={f"X-{number}": "y" * 1_000 for number in range(70)})
    with pytest.raises(BadAnswer):
        fetch(FetchRequest(url=f"{site.url}/"))


def test_bytes_are_counted_after_inflating(site: Site) -> None:
    bomb = gzip.compress(b"\0" * 20_000_000)
    site.pages["/bomb"] = Answer(bomb, headers={"Content-Encoding": "gzip"})
    assert len(bomb) < 100_000
    with pytest.raises(TooLarge):
        fetch(FetchRequest(url=f"{site.url}/bomb"))
    site.pages["/stacked"] = Answer(bomb, headers={"Content-Encoding": "gzip, gzip, gzip"})
    with pytest.raises(BadAnswer):
        fetch(FetchRequest(url=f"{site.url}/stacked"))


def test_a_status_carries_the_time_to_wait(site: Site) -> None:
    site.pages["/busy"] = Answer(status=429, headers={"Retry-After": "120"})
    with pytest.raises(BadStatus) as refusal:
        fetch(FetchRequest(url=f"{site.url}/busy"))
    assert (refusal.value.status, refusal.value.retry_after) == (429, 120)


def test_robots_closes_pages_but_not_feeds(site: Site) -> None:
    site.pages["/robots.txt"] = Answer("User-agent: *\nDisallow: /private\nAllow: /private/press$\n", type="text/plain")
    for path in ("/private/a", "/private/press", "/open"):
        site.pages[path] = Answer("x")

    with pytest.raises(RobotsDisallowed):
        fetch(FetchRequest(url=f"{site.url}/private/a", purpose=Purpose.PAGE))
    fetch(FetchRequest(url=f"{site.url}/private/press", purpose=Purpose.PAGE))
    fetch(FetchRequest(url=f"{site.url}/open", purpose=Purpose.PAGE))
    fetch(FetchRequest(url=f"{site.url}/private/a"))
    assert site.paths().count("/robots.txt") == 1


def test_a_redirect_does_not_lead_around_robots(site: Site) -> None:
    site.pages["/robots.txt"] = Answer("User-agent: broadsheet\nDisallow: /private\n", type="text/plain")
    site.pages["/door"] = Answer(status=302, headers={"Location": "/private/a"})
    site.pages["/private/a"] = Answer("x")
    with pytest.raises(RobotsDisallowed):
        fetch(FetchRequest(url=f"{site.url}/door", purpose=Purpose.PAGE))
    assert "/private/a" not in site.paths()


def test_a_host_is_never_asked_twice_at_once(site: Site) -> None:
    def slowly(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(0.05)
        handler.send_response(200)
        handler.send_header("Content-Length", "0")
        handler.end_headers()

    site.pages["/slow"] = slowly
    threads = [threading.Thread(target=lambda: fetch(FetchRequest(url=f"{site.url}/slow"))) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(site.asked) == 5 and site.most_at_once == 1


def test_there_is_a_pause_between_two_questions_to_a_host(site: Site, settings: Any) -> None:
    settings.WIRE_HOST_INTERVAL = 0.3
    site.pages["/"] = Answer("x")
    fetch(FetchRequest(url=f"{site.url}/"))
    started = time.monotonic()
    fetch(FetchRequest(url=f"{site.url}/"))
    assert time.monotonic() - started >= 0.28


def test_nobody_at_home_is_unreachable(settings: Any) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    settings.WIRE_FETCH_ALLOW = [f"127.0.0.1:{port}"]
    settings.WIRE_HOST_INTERVAL = 0
    with pytest.raises(Unreachable) as refusal:
        fetch(FetchRequest(url=f"http://127.0.0.1:{port}/"))
    assert "refused" in str(refusal.value)
