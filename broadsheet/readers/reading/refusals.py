"""Whose view does not count: programs, pages loaded in advance, readers who ask not to be tracked. Pure.

Programs are known by the list that the field keeps in common (crawler-user-agents, renewed monthly).
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from crawleruseragents import is_crawler

LONGEST_AGENT = 400


def is_refused(environ: Mapping[str, str]) -> bool:
    """Whether a request for counting is to be answered and forgotten."""
    return asks_not_to(environ) or is_in_advance(environ) or is_foreign(environ) or _is_program(environ)


def asks_not_to(environ: Mapping[str, str]) -> bool:
    """Whether the reader's browser says Do Not Track, or Global Privacy Control (W3C): they are left out altogether."""
    return environ.get("HTTP_DNT") == "1" or environ.get("HTTP_SEC_GPC") == "1"


def is_in_advance(environ: Mapping[str, str]) -> bool:
    """Whether nobody has looked yet (``Sec-Purpose`` of the Fetch standard, ``Purpose`` and ``X-Moz`` before it)."""
    said = ",".join(environ.get(name, "") for name in ("HTTP_SEC_PURPOSE", "HTTP_PURPOSE", "HTTP_X_MOZ")).lower()
    return "prefetch" in said or "prerender" in said or "preview" in said


def is_foreign(environ: Mapping[str, str]) -> bool:
    """Whether a page of somebody else's sends it: no paper's own page does."""
    return environ.get("HTTP_SEC_FETCH_SITE", "same-origin") not in {"same-origin", "none"}


def _is_program(environ: Mapping[str, str]) -> bool:
    agent = environ.get("HTTP_USER_AGENT", "")
    return not 10 < len(agent) <= LONGEST_AGENT or is_program(agent)


@lru_cache(maxsize=4096)
def is_program(agent: str) -> bool:
    """Whether a User-Agent is a program's."""
    return bool(is_crawler(agent))
