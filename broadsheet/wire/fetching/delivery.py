"""`Courier`: bringing something to another site's programs, within the fetch door's limits.

For services that are spoken to, not read: push services, spam filters. There is no pause between two requests and no
robots.txt, which are for readers of sites. A redirect is not followed: what we send is for whom we named.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import httpx2

from broadsheet.wire.conf import setting, user_agent
from broadsheet.wire.errors import BadStatus
from broadsheet.wire.fetching.connection import Budget, GuardedTransport
from broadsheet.wire.fetching.door import check_headers, checked_host, errors_named, read_body
from broadsheet.wire.fetching.headers import retry_after

SECONDS = 10.0
MAX_ANSWER = 64 * 1024
_OVERHEAD = 64 * 1024


@dataclass(frozen=True, kw_only=True)
class Parcel:
    """One POST to another site."""

    url: str
    """Where it goes."""
    body: bytes
    """What it is."""
    headers: Mapping[str, str] = field(default_factory=dict)
    """What stands on it."""


@dataclass(frozen=True, kw_only=True)
class Receipt:
    """The answer, which is a success."""

    status: int
    """200 to 299."""
    headers: Mapping[str, str]
    """Names in lower case."""
    body: bytes
    """At most MAX_ANSWER bytes."""


class Courier:
    """Delivers parcels one by one; what goes to the same site goes over the same connection. Of one thread."""

    def __init__(self, *, seconds: float = SECONDS) -> None:
        self._seconds = seconds
        self._allow, self._ports = setting("WIRE_FETCH_ALLOW"), setting("WIRE_FETCH_PORTS")
        self._budget = Budget(seconds=seconds, wire_bytes=MAX_ANSWER + _OVERHEAD)
        transport = GuardedTransport(budget=self._budget, allow=self._allow, ports=self._ports, keep=True)
        self._client = httpx2.Client(transport=transport, timeout=None, trust_env=False, follow_redirects=False)

    def deliver(self, parcel: Parcel) -> Receipt:
        """Bring a parcel to its address.

        Raises:
            FetchError: Forbidden, Unreachable, TimedOut, TooLarge, BadAnswer, or BadStatus for any answer but 2xx.
        """
        self._budget.renew(seconds=self._seconds, wire_bytes=MAX_ANSWER + _OVERHEAD)
        with errors_named(parcel.url, self._seconds, MAX_ANSWER):
            checked_host(parcel.url, self._allow, self._ports)
            with self._client.stream(
                "POST", parcel.url, content=parcel.body, headers={"User-Agent": user_agent(), **parcel.headers}
            ) as response:
                headers = {name.lower(): value for name, value in response.headers.items()}
                check_headers(parcel.url, headers)
                body = read_body(response, self._budget, MAX_ANSWER, parcel.url)
        if not response.is_success:
            raise BadStatus(parcel.url, response.status_code, retry_after(headers, datetime.now(UTC)))
        return Receipt(status=response.status_code, headers=headers, body=body)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._client.close()
