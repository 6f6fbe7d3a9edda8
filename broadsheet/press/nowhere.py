"""Addresses that lead to no page, answered from what the edition knows, without a query."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from broadsheet.press.addresses import likely_meant, stems
from broadsheet.press.edition import Edition, Leaf
from broadsheet.press.history.rolled_back import not_found

if TYPE_CHECKING:
    from broadsheet.press.printer import Route

Router = Callable[[str], "Route"]


def may_lead_somewhere(path: str, edition: Edition, route: Router) -> bool:
    """Whether somebody should be asked for an address: it is known, or nobody can tell yet."""
    found = route(path)
    if not edition.is_surveyed() or (found.exists and not (found.terms and found.terms.surveyed and not found.fixed)):
        return True
    return edition.knows(stems(path))


def answer(path: str, query: str, edition: Edition, route: Router, page: Callable[[], Leaf | None]) -> Leaf | None:
    """The answer for an address that leads nowhere.

    Args:
        path: the address.
        query: what was asked for with it.
        edition: knows the addresses.
        route: tells where Django would send one.
        page: gives the page for what is not there.
    Returns:
        A redirect to the address that was meant, where other case or another slash makes a known one of it; else 404.
        None if it may lead somewhere after all.
    """
    if may_lead_somewhere(path, edition, route):
        return None
    for meant in likely_meant(path):
        found = route(meant)
        if found.terms and (found.fixed or edition.knows(stems(meant))):
            return _moved(path, f"{meant}?{query}" if query else meant)
    return not_found(path, page())


def _moved(path: str, to: str) -> Leaf:
    headers = (("Location", to), ("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "public, max-age=60"))
    return Leaf(path=path, status=301, headers=headers, etag="moved", bodies={"identity": b""})
