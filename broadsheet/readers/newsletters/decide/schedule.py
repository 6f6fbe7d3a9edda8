"""When a letter is due. Pure.

A slot is named by its day on the paper's clock, so whatever the clock does at night (an hour that comes twice, one that
does not come, a machine set back) there is one letter a day, or one a week.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAYS_LOOKED_AT = 8
GRACE = timedelta(hours=6)
"""A letter that is later than this is not sent by itself: the day has moved on, and an editor decides."""
AHEAD = timedelta(hours=1)
"""A letter is composed so long before it goes, for editors to look at."""


@dataclass(frozen=True, kw_only=True)
class Timing:
    """When a list's letters go."""

    at: time
    """On the paper's clock."""
    weekday: int | None
    """0 is Monday; None for every day."""


@dataclass(frozen=True, kw_only=True)
class Due:
    """One occasion."""

    slot: str
    """Its name: the day, as 2026-03-29."""
    at: datetime
    """The moment, in UTC."""


def last_due(timing: Timing, now: datetime, zone: tzinfo) -> Due | None:
    """The latest occasion that has come."""
    today = now.astimezone(zone).date()
    days = (today - timedelta(days=back) for back in range(-1, DAYS_LOOKED_AT))
    return next((due for due in _occasions(timing, days, zone) if due.at <= now), None)


def next_due(timing: Timing, now: datetime, zone: tzinfo) -> Due | None:
    """The first occasion that has not come yet."""
    today = now.astimezone(zone).date()
    days = (today + timedelta(days=ahead) for ahead in range(-1, DAYS_LOOKED_AT))
    return next((due for due in _occasions(timing, days, zone) if due.at > now), None)


def _occasions(timing: Timing, days: Iterator[date], zone: tzinfo) -> Iterator[Due]:
    for day in days:
        if timing.weekday is None or day.weekday() == timing.weekday:
            # Of an hour that comes twice the first; one that does not come is as far after midnight as it would be.
            moment = datetime.combine(day, timing.at, tzinfo=zone).astimezone(UTC)
            yield Due(slot=day.isoformat(), at=moment)
