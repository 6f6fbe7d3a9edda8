"""Polling: sources are asked side by side in threads, host by host; the database is written in one place."""

from __future__ import annotations

import logging
import random
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import timedelta
from urllib.parse import urlsplit

from django.utils import timezone

from broadsheet.wire.actions import intake
from broadsheet.wire.actions.listening import Heard, Read, hear, read
from broadsheet.wire.conf import setting
from broadsheet.wire.errors import Fault
from broadsheet.wire.models import Source

_log = logging.getLogger(__name__)
#: A poll that has not ended by then has died; the source is anybody's again.
CLAIM = timedelta(minutes=10)


@dataclass(frozen=True, kw_only=True)
class PollReport:
    """What one poll of one source brought."""

    #: The source's id.
    source_id: int
    #: The source's name.
    name: str
    #: Reports that are new.
    arrived: int = 0
    #: Reports that their source changed.
    changed: int = 0
    #: Entries that carry a report already known from elsewhere.
    seen_again: int = 0
    #: Whether the feed had changed at all since last time.
    modified: bool = True
    #: What went wrong, for people, or "".
    error: str = ""


def poll(source: Source) -> PollReport:
    """Ask one source now, whether or not it is due. What goes wrong is recorded on it and in the report."""
    return poll_sources([source])[0]


def poll_due(limit: int = 200) -> list[PollReport]:
    """Ask the sources whose time has come, the longest waiting first. Safe to run in several processes at once.

    Args: limit, the most sources to ask.
    """
    now = timezone.now()
    claimed = []
    for source in Source.objects.due(now)[:limit]:
        mine = Source.objects.filter(pk=source.pk, active=True, next_fetch_at=source.next_fetch_at)
        if mine.update(next_fetch_at=now + CLAIM):
            claimed.append(source)
    return poll_sources(claimed)


def poll_sources(sources: Sequence[Source]) -> list[PollReport]:
    """Ask these sources now, different hosts side by side. Returns: a report for each, as they came in."""
    if not sources:
        return []
    hosts = _by_host(sources)
    with ThreadPoolExecutor(max_workers=min(len(hosts), int(setting("WIRE_POLL_THREADS")))) as pool:
        return list(_Poll(pool).run(hosts))


class _Poll:
    """One round: as answers come in they are looked up here, read in a thread, and stored here."""

    def __init__(self, pool: ThreadPoolExecutor) -> None:
        self._pool = pool
        self._waiting: dict[Future[object], Callable[[], PollReport | None]] = {}

    def run(self, hosts: Sequence[Sequence[Source]]) -> Iterator[PollReport]:
        for sources in hosts:
            self._hear(sources)
        while self._waiting:
            done, _ = wait(self._waiting, return_when=FIRST_COMPLETED)
            for future in done:
                report = self._waiting.pop(future)()
                if report is not None:
                    yield report

    def _hear(self, sources: Sequence[Source]) -> None:
        source, *others = sources
        future = self._pool.submit(hear, source)

        def heard() -> PollReport | None:
            if others:
                self._hear(others)  # the next feed of this host, now that this one has answered
            return self._look_up(future.result())

        self._waiting[future] = heard  # type: ignore[index]

    def _look_up(self, heard: Heard) -> PollReport | None:
        if heard.feed is None:
            return _stored(heard, Read())
        known = intake.known_entries(heard.source, heard.feed)
        future = self._pool.submit(
            read, heard.source, heard.feed, known, most_pages=int(setting("WIRE_PAGES_PER_POLL"))
        )
        self._waiting[future] = lambda: _read_and_stored(heard, future)  # type: ignore[index]
        return None


def _read_and_stored(heard: Heard, future: Future[Read]) -> PollReport:
    """Store what was read; a fault of our own is recorded on the source, and the other sources go on."""
    try:
        return _stored(heard, future.result())
    except Exception as error:
        _log.exception("taking in %s", heard.source.url)
        heard.source.refresh_from_db()
        return _stored(Heard(source=heard.source, error=Fault(heard.source.url, error)), Read())


def _stored(heard: Heard, found: Read) -> PollReport:
    taken = intake.store(heard, found, chance=random.random())  # noqa: S311  (spreads load, guards nothing)
    return PollReport(
        source_id=heard.source.pk,
        name=heard.source.name,
        arrived=taken.arrived,
        changed=taken.changed,
        seen_again=taken.seen_again,
        modified=heard.feed is not None,
        error=str(heard.error or ""),
    )


def _by_host(sources: Sequence[Source]) -> list[list[Source]]:
    hosts: dict[str, list[Source]] = defaultdict(list)
    for source in sources:
        hosts[urlsplit(source.url).hostname or ""].append(source)
    return list(hosts.values())
