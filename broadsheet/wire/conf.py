"""The wire's settings and their defaults, read from Django's settings each time so that tests may change them.

WIRE_FETCH_ALLOW         [] "host:port" strings that may be private addresses or odd ports
WIRE_FETCH_PORTS         [80, 443] ports that may be asked on any public address
WIRE_FETCH_DEADLINE      30.0 s for one whole answer, redirects included
WIRE_FETCH_MAX_BYTES     10 MiB, after inflating
WIRE_HOST_INTERVAL       1.0 s between two requests to one host
WIRE_USER_AGENT_CONTACT  "" an address where a publisher finds who fetches
WIRE_POLL_INTERVAL       (300, 21600) s: the shortest and the longest time between two polls of one feed
WIRE_ITEMS_PER_POLL      200 entries of one feed taken at a time, the newest
WIRE_PAGES_PER_POLL      30 linked pages fetched for one feed at a time, the newest
WIRE_POLL_THREADS        8 hosts polled at a time
"""

from __future__ import annotations

from typing import Any, Final

from django.conf import settings

DEFAULTS: Final[dict[str, Any]] = {
    "WIRE_FETCH_ALLOW": [],
    "WIRE_FETCH_PORTS": [80, 443],
    "WIRE_FETCH_DEADLINE": 30.0,
    "WIRE_FETCH_MAX_BYTES": 10 * 1024 * 1024,
    "WIRE_HOST_INTERVAL": 1.0,
    "WIRE_USER_AGENT_CONTACT": "",
    "WIRE_POLL_INTERVAL": (300, 21_600),
    "WIRE_ITEMS_PER_POLL": 200,
    "WIRE_PAGES_PER_POLL": 30,
    "WIRE_POLL_THREADS": 8,
}


def setting(name: str) -> Any:
    """The value of one of the wire's settings, or its default."""
    return getattr(settings, name, DEFAULTS[name])


def user_agent() -> str:
    """Who we say we are to other sites: the program, and where to complain."""
    contact = str(setting("WIRE_USER_AGENT_CONTACT"))
    return f"Broadsheet/0.1 (news reader; +{contact})" if contact else "Broadsheet/0.1 (news reader)"
