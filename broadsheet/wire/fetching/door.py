"""`fetch`: one question to another site, within every limit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

import httpcore2
import httpx2
from django.core.cache import cache
from ssrfguard import BlockedAddressError, SSRFGuardError

from broadsheet.wire.conf import setting, user_agent
from broadsheet.wire.errors import (
    BadAnswer,
    BadStatus,
    FetchError,
    Forbidden,
    RobotsDisallowed,
    TimedOut,
    TooLarge,
    TooManyRedirects,
    Unreachable,
)
from broadsheet.wire.fetching import hosts, robots
from broadsheet.wire.fetching.addresses import policy_for
from broadsheet.wire.fetching.connection import Budget, GuardedTransport, WireBytesSpent
from broadsheet.wire.fetching.headers import retry_after
from broadsheet.wire.fetching.values import ACCEPT, Fetched, FetchRequest, Purpose

MAX_REDIRECTS = 5
_REDIRECTS = {301, 302, 303, 307, 308}
_FOR_GOOD = {301, 308}
#: Headers and framing that may come on top of a body.
_WIRE_OVERHEAD = 256 * 1024
#: Bytes of headers; no honest answer has a tenth of them.
_MOST_HEADERS = 64 * 1024
#: Seconds to wait while others talk to the same host.
_PATIENCE = 120.0
_ROBOTS_KEPT = 86_400


def fetch(request: FetchRequest) -> Fetched:
    """Ask another site for something, and come back with all of it or with an error that says why not.

    Args: request, with what is known from last time.
    Returns: the answer: a success, or 304 when nothing has changed.
    Raises: FetchError: Forbidden, Unreachable, TimedOut, TooLarge, TooManyRedirects, BadAnswer, BadStatus,
        RobotsDisallowed.
    """
    if request.purpose is Purpose.PAGE:
        _ask_robots(request.url)
    seconds = float(request.deadline or setting("WIRE_FETCH_DEADLINE"))
    limit = int(request.max_bytes or setting("WIRE_FETCH_MAX_BYTES"))
    budget = Budget(seconds=seconds, wire_bytes=limit + _WIRE_OVERHEAD)
    with errors_named(request.url, seconds, limit):
        return _follow(request, budget, limit)


def _follow(request: FetchRequest, budget: Budget, limit: int) -> Fetched:
    url, moved_to, for_good = request.url, "", True
    for _ in range(MAX_REDIRECTS + 1):
        answer = _ask(request, url, budget, limit)
        location = answer.headers.get("location", "")
        if answer.status not in _REDIRECTS or not location:
            return _judged(answer, moved_to)
        for_good = for_good and answer.status in _FOR_GOOD
        url = _joined(url, location)
        moved_to = url if for_good else moved_to
        if request.purpose is Purpose.PAGE:
            _ask_robots(url)
    raise TooManyRedirects(request.url, MAX_REDIRECTS)


def _joined(url: str, location: str) -> str:
    try:
        return urljoin(url, location)
    except ValueError as error:
        raise BadAnswer(url, "it redirects to an address that is none") from error


def _ask(request: FetchRequest, url: str, budget: Budget, limit: int) -> Fetched:
    allow, ports = setting("WIRE_FETCH_ALLOW"), setting("WIRE_FETCH_PORTS")
    host = checked_host(url, allow, ports)
    transport = GuardedTransport(budget=budget, allow=allow, ports=ports)
    interval = float(setting("WIRE_HOST_INTERVAL"))
    with hosts.turn(host, interval=interval, patience=_PATIENCE) as waited:
        budget.pause(waited)
        # the budget is the deadline
        with (
            httpx2.Client(transport=transport, timeout=None, trust_env=False, follow_redirects=False) as client,
            client.stream("GET", url, headers=_headers(request)) as response,
        ):
            return _answer(request, url, response, budget, limit)


def _answer(request: FetchRequest, url: str, response: httpx2.Response, budget: Budget, limit: int) -> Fetched:
    headers = {name.lower(): value for name, value in response.headers.items()}
    check_headers(url, headers)
    return Fetched(
        requested_url=request.url,
        url=url,
        moved_to="",
        status=response.status_code,
        headers=headers,
        body=read_body(response, budget, limit, url) if response.is_success else b"",
        fetched_at=datetime.now(UTC),
    )


def checked_host(url: str, allow: list[str], ports: list[int]) -> str:
    """The host that an address names; raises ssrfguard's error, or Forbidden, when it may not be asked."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)
    except ValueError as error:
        raise Forbidden(url, url, "the address is malformed") from error
    return policy_for(host, port, allow=allow, ports=ports).check_url(url).host


def _headers(request: FetchRequest) -> dict[str, str]:
    headers = {
        "User-Agent": user_agent(),
        "Accept": ACCEPT[request.purpose],
        "Accept-Encoding": "gzip, deflate, br",
    }
    for name, validator in (("If-None-Match", request.etag), ("If-Modified-Since", request.last_modified)):
        if validator.isascii() and validator.isprintable() and validator:  # others came from a broken server
            headers[name] = validator
    return headers


def check_headers(url: str, headers: dict[str, str]) -> None:
    """Refuse headers that no honest answer has; raises BadAnswer."""
    if sum(len(name) + len(value) for name, value in headers.items()) > _MOST_HEADERS:
        raise BadAnswer(url, f"its headers are longer than {_MOST_HEADERS:,} bytes")
    if headers.get("content-encoding", "").count(",") > 1:
        raise BadAnswer(url, "it is compressed more than twice over")


def read_body(response: httpx2.Response, budget: Budget, limit: int, url: str) -> bytes:
    """The body, inflated; raises TooLarge when it is longer than the limit."""
    chunks, size = [], 0
    for chunk in response.iter_bytes():
        size += len(chunk)
        if size > limit:
            raise TooLarge(url, limit)
        budget.left()  # inflating costs time without reading
        chunks.append(chunk)
    return b"".join(chunks)


def _judged(answer: Fetched, moved_to: str) -> Fetched:
    if answer.not_modified or 200 <= answer.status < 300:
        return Fetched(**{**vars(answer), "moved_to": moved_to})
    raise BadStatus(answer.url, answer.status, retry_after(answer.headers, answer.fetched_at))


@contextmanager
def errors_named(url: str, seconds: float, limit: int) -> Iterator[None]:
    """Whatever goes wrong inside is raised as a FetchError that names the address."""
    try:
        yield
    except FetchError:
        raise
    except WireBytesSpent as error:
        raise TooLarge(url, limit) from error
    except SSRFGuardError as error:
        raise Forbidden(url, _subject(error, url), getattr(error, "reason", str(error))) from error
    except (httpx2.TimeoutException, httpcore2.TimeoutException, TimeoutError) as error:
        raise TimedOut(url, seconds) from error
    except (httpx2.ConnectError, httpx2.ReadError, httpx2.WriteError, httpcore2.NetworkError, OSError) as error:
        raise Unreachable(url, str(error) or type(error).__name__) from error
    except (httpx2.HTTPError, httpx2.InvalidURL, httpcore2.ProtocolError, ValueError, LookupError) as error:
        raise BadAnswer(url, str(error) or type(error).__name__) from error


def _subject(error: SSRFGuardError, url: str) -> str:
    """The address that was refused: the IP address, or else host and port as the redirect's end gives them."""
    if isinstance(error, BlockedAddressError):
        return error.address
    return urlsplit(getattr(error, "url", url)).netloc or url


def _ask_robots(url: str) -> None:
    parts = urlsplit(url)
    site = f"{parts.scheme}://{parts.netloc}"
    known = cache.get(key := f"wire:robots:{site}"[:240].replace(" ", "_"))
    if known is None:
        known = _robots_rules(f"{site}/robots.txt")
        cache.set(key, known, _ROBOTS_KEPT)
    if not robots.allowed(url, known):
        raise RobotsDisallowed(url)


def _robots_rules(url: str) -> tuple[robots.Rule, ...]:
    try:
        answer = fetch(FetchRequest(url=url, max_bytes=robots.MAX_BYTES, deadline=10.0))
    except BadStatus as error:
        if error.status < 500:
            return ()  # RFC 9309, 2.3.1.3: no file, no limits
        return (robots.Rule(pattern="/", allow=False),)  # 2.3.1.4: a fault of the site closes it for now
    except TooLarge:
        return ()
    return robots.rules(answer.body.decode("utf-8", "replace"))
