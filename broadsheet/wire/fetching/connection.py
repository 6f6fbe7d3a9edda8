"""Connections that go only where they may, end in time, and read no more than they should.

The name is resolved once, every answer is checked, and the socket is opened to a checked address, so a name
that changes between the check and the connection changes nothing.
"""

from __future__ import annotations

import socket
import ssl
import threading
import time
from collections.abc import Iterable, Sequence
from functools import cache
from ipaddress import ip_address
from typing import Any

import httpcore2
import httpx2
from httpcore2._backends.sync import SyncStream
from ssrfguard import Policy, Target, connect, resolve

from broadsheet.wire.fetching.addresses import policy_for

_NODELAY = (socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


class Budget:
    """What one fetch may still spend: seconds until its deadline, and bytes on the wire."""

    def __init__(self, *, seconds: float, wire_bytes: int) -> None:
        self.renew(seconds=seconds, wire_bytes=wire_bytes)

    def renew(self, *, seconds: float, wire_bytes: int) -> None:
        """Begin anew, for the next answer over the same connection."""
        self._until, self._bytes = time.monotonic() + seconds, wire_bytes

    def pause(self, seconds: float) -> None:
        """Put the deadline off by time spent waiting for nothing of the other side's."""
        self._until += seconds

    def left(self) -> float:
        """Seconds left; raises httpcore2.ReadTimeout when there are none."""
        seconds = self._until - time.monotonic()
        if seconds <= 0:
            raise httpcore2.ReadTimeout("the deadline has passed")
        return seconds

    def spend(self, count: int) -> None:
        """Count bytes read; raises WireBytesSpent when there were too many."""
        self._bytes -= count
        if self._bytes < 0:
            raise WireBytesSpent


class WireBytesSpent(Exception):
    """More bytes came over the wire than the budget has."""


class BudgetedStream(httpcore2.NetworkStream):
    """A socket's stream under a budget. Every wait is cut to what is left of the deadline."""

    def __init__(self, stream: httpcore2.NetworkStream, budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        chunk = self._stream.read(max_bytes, timeout=self._budget.left())
        self._budget.spend(len(chunk))
        return chunk

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, timeout=self._budget.left())

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        stream = self._stream.start_tls(ssl_context, server_hostname=server_hostname, timeout=self._budget.left())
        return BudgetedStream(stream, self._budget)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class GuardedBackend(httpcore2.NetworkBackend):
    """Opens sockets to checked addresses only."""

    def __init__(self, *, budget: Budget, allow: Sequence[str], ports: Sequence[int]) -> None:
        self._budget = budget
        self._allow = allow
        self._ports = ports

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        policy = policy_for(host, port, allow=self._allow, ports=self._ports)
        policy.check_host(host)
        try:
            addresses = resolve_in_time(_target(host, port), policy, self._budget.left())
            seconds = self._budget.left() / min(len(addresses), policy.max_connection_attempts)
            opened = connect(addresses, policy=policy, timeout=seconds, socket_options=[_NODELAY])
        except TimeoutError as error:
            raise httpcore2.ConnectTimeout(str(error)) from error
        except OSError as error:
            raise httpcore2.ConnectError(str(error)) from error
        return BudgetedStream(SyncStream(opened), self._budget)


def _target(host: str, port: int) -> Target:
    try:
        literal = ip_address(host)
    except ValueError:
        literal = None
    return Target(scheme="tcp", host=host, port=port, host_as_written=host, address=literal)


def resolve_in_time(target: Target, policy: Policy, seconds: float) -> Any:
    """Resolve and check a name, in a thread of its own: the system's resolver knows no deadline.

    Raises: what ssrfguard.resolve raises; TimeoutError when the name server keeps us waiting.
    """
    outcome: list[Any] = []

    def look_up() -> None:
        try:
            outcome.append(resolve(target, policy=policy, resolver=_lookup))
        except Exception as error:
            outcome.append(error)

    thread = threading.Thread(target=look_up, daemon=True)
    thread.start()
    thread.join(seconds)
    if not outcome:
        raise TimeoutError(f"the name {target.host} was not resolved in time")
    if isinstance(outcome[0], Exception):
        raise outcome[0]
    return outcome[0]


def _lookup(*arguments: Any) -> Any:
    return socket.getaddrinfo(*arguments)


@cache
def _tls() -> ssl.SSLContext:
    return httpx2.create_ssl_context(trust_env=False)


class GuardedTransport(httpx2.HTTPTransport):
    """httpx2's transport with our sockets under it; one connection, used for one answer unless it is kept."""

    def __init__(self, *, budget: Budget, allow: Sequence[str], ports: Sequence[int], keep: bool = False) -> None:
        super().__init__(verify=_tls(), trust_env=False)
        self._pool = httpcore2.ConnectionPool(
            ssl_context=_tls(),
            max_connections=1,
            max_keepalive_connections=int(keep),
            network_backend=GuardedBackend(budget=budget, allow=allow, ports=ports),
        )
