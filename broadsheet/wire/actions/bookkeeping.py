"""What a poll leaves on its source: validators, rhythm, the next time, or the cause of failure."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from broadsheet.wire import signals
from broadsheet.wire.actions.listening import Heard
from broadsheet.wire.conf import setting
from broadsheet.wire.decide import Outcome, next_poll, usual_gap
from broadsheet.wire.errors import BadStatus
from broadsheet.wire.fetching.headers import max_age, retry_after
from broadsheet.wire.models import Source

_FIELDS = (
    *("url", "etag", "last_modified", "hub", "interval", "usual_gap", "last_fetched_at", "last_item_at"),
    *("next_fetch_at", "failures", "last_error", "last_error_at", "active", "site_url", "language"),
)


def note_poll(heard: Heard, *, arrived: int, chance: float) -> None:
    """Write down how a poll went, and plan the next. Args: chance, a random number from 0 to 1, for the jitter."""
    source, now = heard.source, timezone.now()
    if heard.error is None:
        _note_success(source, heard, now)
    else:
        source.failures += 1
        source.last_error, source.last_error_at = str(heard.error), now
        signals.tell(signals.source_failed, Source, source=source, error=heard.error)
    plan = next_poll(
        _outcome(heard, arrived),
        interval=source.interval,
        failures=source.failures,
        now=now,
        chance=chance,
        bounds=setting("WIRE_POLL_INTERVAL"),
    )
    source.interval, source.next_fetch_at, source.active = plan.interval, plan.at, plan.active and source.active
    source.save(update_fields=_FIELDS)


def _note_success(source: Source, heard: Heard, now: datetime) -> None:
    fetched, feed = heard.fetched, heard.feed
    source.failures, source.last_error, source.last_error_at = 0, "", None
    source.last_fetched_at = now
    if fetched is not None:
        _follow_move(source, fetched.moved_to)
        if not fetched.not_modified:
            source.etag, source.last_modified = fetched.etag[:1000], fetched.last_modified[:200]
    if feed is not None:
        dates = [entry.published for entry in feed.items if entry.published]
        source.usual_gap = usual_gap(dates)
        source.last_item_at = max(dates, default=source.last_item_at)
        source.hub = feed.hub
        source.site_url = source.site_url or feed.site_url
        source.language = source.language or feed.language


def _follow_move(source: Source, moved_to: str) -> None:
    """A feed that has moved for good is asked at its new address, unless that is another source's."""
    if moved_to and moved_to != source.url and not Source.objects.filter(url=moved_to).exists():
        source.url = moved_to[:2000]


def _outcome(heard: Heard, arrived: int) -> Outcome:
    headers = heard.fetched.headers if heard.fetched else {}
    status = heard.error if isinstance(heard.error, BadStatus) else None
    return Outcome(
        arrived=arrived,
        usual_gap=heard.source.usual_gap,
        ttl=heard.feed.ttl if heard.feed else None,
        max_age=max_age(headers),
        retry_after=status.retry_after if status else retry_after(headers, timezone.now()),
        failed=heard.error is not None,
        gone=status is not None and status.status == 410,
    )
