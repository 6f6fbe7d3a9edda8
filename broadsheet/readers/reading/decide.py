"""Deciding what counts, what folds, and what is hot. Pure."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from broadsheet.readers.reading.events import Event

FOLD_SECONDS = 30 * 60
"""The same reader's loads of an article within this of the first are one view."""
MINUTE, HOUR, DAY, WEEK = 60, 3600, 86_400, 604_800
QUARTERS = 4

HALF_LIFE = 20 * MINUTE
"""A view weighs half as much for what is hot now when it is this old."""
HABIT_WEIGHT = 4.0
"""Views that are no news by themselves: what keeps two views of a forgotten article from being hot."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A view that was counted, as far as repeats are folded into it."""

    at: int
    """Unix time of the view."""
    quarter: int = 0
    """How many quarters of the text were seen so far."""


@dataclass
class Sums:
    """What a bucket gains."""

    views: int = 0
    groups: dict[str, int] = field(default_factory=dict)
    quarters: list[int] = field(default_factory=lambda: [0] * QUARTERS)


@dataclass(frozen=True, kw_only=True)
class Batch:
    """What is to be written for some events."""

    tallies: dict[tuple[int, int], Sums]
    """By article and minute."""
    origins: dict[tuple[int, str, str], int]
    """Views by hour, group and host."""
    seen: dict[int, Seen]
    """What is to be remembered for folding, by key."""


def gather(events: Iterable[Event], known: Mapping[int, Seen], articles: Collection[int]) -> Batch:
    """Count events, repeats folded.

    Args:
        events: in the order they came.
        known: views counted before, by key.
        articles: the ids that are published articles; events of others count for nothing.
    """
    tallies: dict[tuple[int, int], Sums] = {}
    origins: dict[tuple[int, str, str], int] = {}
    seen: dict[int, Seen] = {}
    for event in events:
        if event.article not in articles:
            continue
        before = seen.get(event.key) or known.get(event.key)
        is_within = before is not None and abs(event.at - before.at) < FOLD_SECONDS
        bucket = (event.article, event.at - event.at % MINUTE)
        if event.quarter == 0 and not is_within:
            sums = tallies.setdefault(bucket, Sums())
            sums.views += 1
            sums.groups[event.group] = sums.groups.get(event.group, 0) + 1
            place = (event.at - event.at % HOUR, event.group, event.host)
            origins[place] = origins.get(place, 0) + 1
            seen[event.key] = Seen(at=event.at)
        elif before is not None and is_within and before.quarter < event.quarter <= QUARTERS:
            sums = tallies.setdefault(bucket, Sums())
            for number in range(before.quarter, event.quarter):
                sums.quarters[number] += 1
            seen[event.key] = Seen(at=before.at, quarter=event.quarter)
    return Batch(tallies=tallies, origins=origins, seen=seen)


@dataclass(frozen=True, kw_only=True)
class Pace:
    """How an article is being read."""

    recent: Sequence[tuple[int, int]]
    """Age in seconds and number of its latest views."""
    habit: float
    """Views an hour that it usually has; 0 for one that is new."""


def heat(pace: Pace) -> float:
    """How hot an article is: how far its reading now, with older views weighing less, is above its habit.

    The difference is measured in what chance alone would make of it (the square root, as of counts that come at
    random), so an article that always has many readers is not hot for having them, and one view more of a quiet one
    is not either.

    Returns:
        0 or less for what is read as usual; views that nobody expected over the square root of ``HABIT_WEIGHT`` for a
        new one.
    """
    now = sum(views * 0.5 ** (max(age, 0) / HALF_LIFE) for age, views in pace.recent)
    usual = pace.habit * HALF_LIFE / HOUR / math.log(2)  # what a steady stream of views at this rate amounts to
    return (now - usual) / math.sqrt(usual + HABIT_WEIGHT)


def hottest(paces: Mapping[int, Pace], limit: int) -> list[int]:
    """The articles read above their habit, the hottest first; of equals the newer one, by its id."""
    found = [(heat(pace), article) for article, pace in paces.items()]
    return [article for degree, article in sorted(found, reverse=True)[:limit] if degree > 0]


def with_pins(ranked: Sequence[int], pins: Iterable[tuple[int, int]], limit: int) -> list[int]:
    """What is hot with what editors pinned.

    Args:
        ranked: article ids, the hottest first.
        pins: places (1 is the first) and article ids, in the order in which they are set.
        limit: how many are wanted.
    """
    pinned = list(pins)
    taken = {article for _, article in pinned}
    shown = [article for article in ranked if article not in taken]
    for place, article in pinned:
        shown.insert(max(0, min(place - 1, len(shown))), article)
    return shown[:limit]


def since(now: int, seconds: int) -> int:
    """From when a period that ends now counts: on the edge of the widest bucket that is used for such a period."""
    edge = MINUTE if seconds <= HOUR else HOUR if seconds <= DAY else DAY
    begin = now - seconds
    return begin - begin % edge
