"""What one publication does to the leaves that are kept, and when each of them is seen as it is now."""

from __future__ import annotations

import http.client
import time
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from bench.archive.serving import ask
from broadsheet.press.edition import Edition

GIVE_UP_SECONDS = 60.0
AT_ONCE = 4
"""Readers who wait for the new pages at a time."""
Before = dict[str, tuple[str, int]]
"""Tag and number of renderings of each leaf, by address."""


@dataclass(frozen=True, kw_only=True)
class Sighting:
    """One leaf after a publication."""

    path: str
    """Its address."""
    after_ms: float
    """From the commit until a GET had its new content."""
    idle_ms: float
    """The part of that in which no leaf of this publication was being rendered."""
    render_ms: float
    """Its own last rendering."""
    renders: int
    """How often it was rendered."""
    changed: bool
    """Whether its bytes are others than before."""


def watch(edition: Edition, port: int, publish: Callable[[], str]) -> list[Sighting]:
    """Publish something, and ask for every leaf that it touches until its new content is there.

    Args:
        edition: the site's.
        port: where it answers.
        publish: does it; returns the address of what was published.
    """
    before, committed = kept(edition), [0.0]
    with transaction.atomic():
        transaction.on_commit(lambda: committed.insert(0, time.time()))
        own = publish()
    now = kept(edition, since=committed[0])
    touched = {path for path in now if path in before} | {own}
    with ThreadPoolExecutor(AT_ONCE) as pool:
        seen = dict(zip(touched, pool.map(lambda path: _seen(edition, port, path, before), touched), strict=True))
    rendered = {path: edition.status(path) for path in touched}
    spans = [(s.rendered_at - s.render_ms / 1000, s.rendered_at) for s in rendered.values() if s]
    found = []
    for path, status in rendered.items():
        tag, renders = before.get(path, ("", 0))
        values: dict[str, Any] = {
            "after_ms": (seen[path] - committed[0]) * 1000,
            "idle_ms": idle(committed[0], seen[path], spans) * 1000,
            "render_ms": status.render_ms if status else 0.0,
            "renders": status.renders - renders if status else 0,
            "changed": status is None or status.etag != tag,
        }
        found.append(Sighting(path=path, **values))
    return found


def kept(edition: Edition, since: float | None = None) -> Before:
    """The leaves that are kept; only those that became stale or were rendered ``since``, if it is given."""
    where = "" if since is None else " WHERE stale_since >= ? OR rendered_at >= ?"
    rows = edition.connection().execute(
        f"SELECT path, etag, renders FROM leaf{where}",  # noqa: S608 (ours)
        () if since is None else (since, since),
    )
    return {path: (tag, renders) for path, tag, renders in rows}


def idle(start: float, end: float, spans: Iterable[tuple[float, float]]) -> float:
    """How much of the time from ``start`` to ``end`` lies in none of the spans. Pure."""
    left, at = 0.0, start
    for began, ended in sorted(spans):
        if began >= end:
            break
        left += max(0.0, began - at)
        at = max(at, ended)
    return left + max(0.0, end - at)


def _seen(edition: Edition, port: int, path: str, before: Before) -> float:
    """When a GET first had the new content, in Unix time."""
    tag, renders = before.get(path, ("", 0))
    deadline = time.time() + GIVE_UP_SECONDS
    while time.time() < deadline:
        status, shown, _ = ask(port, path)
        at = time.time()
        if status == http.client.OK and shown != tag:
            return at
        now = edition.status(path)
        if now is None or (now.renders > renders and now.stale_since is None):
            return at  # rendered anew, and the same as before
        time.sleep(0.005)
    raise SystemExit(f"{path} still shows the old content after {GIVE_UP_SECONDS:.0f} s.")
