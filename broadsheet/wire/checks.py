"""`broadsheet check` for the wire's settings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, Warning, register  # noqa: A004  (Django's name for it)

from broadsheet.wire.conf import setting

_HOST_PORT = re.compile(r"(?:\[[0-9a-fA-F:]+\]|[\w.-]+):(\d{1,5})")
_POSITIVE = (
    *("WIRE_FETCH_DEADLINE", "WIRE_FETCH_MAX_BYTES", "WIRE_ITEMS_PER_POLL", "WIRE_PAGES_PER_POLL"),
    "WIRE_POLL_THREADS",
)


@register("wire")
def check_settings(**_: Any) -> list[CheckMessage]:
    """Name each wrong setting, and how to mend it."""
    return [*_exceptions(), *_ports(), *_numbers(), *_interval(), *_contact()]


def _exceptions() -> Iterator[CheckMessage]:
    for entry in setting("WIRE_FETCH_ALLOW"):
        match = _HOST_PORT.fullmatch(str(entry))
        if match is None or not 0 < int(match[1]) < 65_536:
            yield Error(
                f"WIRE_FETCH_ALLOW holds {entry!r}, which is no host:port.",
                hint="Write one host and one port, for example '127.0.0.1:8001'; ranges are not possible on purpose.",
                id="wire.E001",
            )


def _ports() -> Iterator[CheckMessage]:
    ports = setting("WIRE_FETCH_PORTS")
    if not ports or any(not isinstance(port, int) or not 0 < port < 65_536 for port in ports):
        yield Error(
            f"WIRE_FETCH_PORTS is {ports!r}.", hint="Give a list of port numbers; [80, 443] is usual.", id="wire.E002"
        )


def _numbers() -> Iterator[CheckMessage]:
    for name in _POSITIVE:
        value = setting(name)
        if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
            yield Error(f"{name} is {value!r}.", hint="Give a number above zero.", id="wire.E003")


def _interval() -> Iterator[CheckMessage]:
    bounds = setting("WIRE_POLL_INTERVAL")
    if len(bounds) != 2 or not 0 < bounds[0] <= bounds[1]:
        yield Error(
            f"WIRE_POLL_INTERVAL is {bounds!r}.",
            hint="Give the shortest and the longest time between two polls in seconds, for example (300, 21600).",
            id="wire.E004",
        )
    elif bounds[0] < 60:
        yield Warning(
            f"WIRE_POLL_INTERVAL lets a feed be asked every {bounds[0]} seconds.",
            hint="Publishers ban readers that ask more often than once a minute; 300 is polite.",
            id="wire.W001",
        )


def _contact() -> Iterator[CheckMessage]:
    if not setting("WIRE_USER_AGENT_CONTACT"):
        yield Warning(
            "WIRE_USER_AGENT_CONTACT is empty: publishers cannot tell who fetches their feeds.",
            hint="Give your site's address, or a page that says how to reach you.",
            id="wire.W002",
        )
