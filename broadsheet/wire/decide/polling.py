"""When to ask a source again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

#: Failures after which the pause no longer doubles.
_MOST_DOUBLINGS = 8
_LONGEST_PAUSE = 86_400.0
#: A feed is silent when it has been quiet for this many of its usual gaps, and at least a day.
_GAPS_OF_SILENCE = 4
_SHORTEST_SILENCE = 86_400
#: Jitter moves a poll by at most this part of the interval, so that feeds added together drift apart.
_JITTER = 0.15


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What one poll told."""

    #: New entries found.
    arrived: int = 0
    #: Seconds between the feed's reports, or 0 when unknown.
    usual_gap: int = 0
    #: Minutes the feed asks to be left alone, or None.
    ttl: int | None = None
    #: Seconds the answer calls itself fresh, or None.
    max_age: float | None = None
    #: Seconds the site asks us to wait, or None.
    retry_after: float | None = None
    #: Whether the poll failed.
    failed: bool = False
    #: Whether the feed is gone for good (410).
    gone: bool = False


@dataclass(frozen=True, kw_only=True)
class PollPlan:
    """When to ask again."""

    #: The time of the next poll.
    at: datetime
    #: Seconds between polls while all goes well.
    interval: int
    #: False when there is nothing left to ask.
    active: bool


def next_poll(
    outcome: Outcome, *, interval: int, failures: int, now: datetime, chance: float, bounds: tuple[int, int]
) -> PollPlan:
    """Plan the next poll of a source.

    Args:
        outcome: of the poll just made.
        interval: seconds between polls until now.
        failures: in a row, this one included.
        now: when the poll was made.
        chance: a random number from 0 to 1, for the jitter.
        bounds: the shortest and longest interval, in seconds.
    """
    shortest, longest = bounds
    if outcome.failed:
        pause = min(shortest * 2.0 ** min(failures - 1, _MOST_DOUBLINGS), _LONGEST_PAUSE)
        planned = interval
    else:
        planned = _interval(outcome, interval, shortest, longest)
        pause = float(planned)
    pause = max(pause * (1 + _JITTER * chance), outcome.retry_after or 0.0)
    return PollPlan(at=now + timedelta(seconds=pause), interval=planned, active=not outcome.gone)


def _interval(outcome: Outcome, interval: int, shortest: int, longest: int) -> int:
    """Twice as often as the feed speaks; nearer to that with every poll that brings something, further without."""
    rhythm = outcome.usual_gap // 2 if outcome.usual_gap else interval
    wanted = min(rhythm, interval * 0.7) if outcome.arrived else max(min(rhythm, interval * 1.5), interval * 1.1)
    asked = max((outcome.ttl or 0) * 60.0, min(outcome.max_age or 0.0, 3_600.0))
    return int(min(max(wanted, asked, shortest), longest))


def usual_gap(dates: Sequence[datetime]) -> int:
    """Seconds between a feed's reports: the median of the gaps between its newest dates; 0 when too few are known."""
    newest = sorted(set(dates), reverse=True)[:20]
    gaps = sorted((later - earlier).total_seconds() for later, earlier in pairwise(newest))
    return int(gaps[len(gaps) // 2]) if len(gaps) >= 2 else 0


def is_silent(*, usual_gap: int, last_item_at: datetime | None, now: datetime) -> bool:
    """Whether a source has been quiet for longer than it usually is; never, when its rhythm is unknown."""
    if not usual_gap or last_item_at is None:
        return False
    return (now - last_item_at).total_seconds() > max(usual_gap * _GAPS_OF_SILENCE, _SHORTEST_SILENCE)
