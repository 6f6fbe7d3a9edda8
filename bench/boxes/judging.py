"""What readers had: how long they waited, how old what they saw became, who has not seen the last of it. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bench.boxes.reader import Fetched


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What was found, in seconds."""

    waits: list[float]
    """From when a box was first asked for until its answer was there, failures and pauses included; sorted."""
    overdue: list[float]
    """How much longer than a life each content was shown after another had been published; sorted."""
    met_restart: list[float]
    """The same of those whose next answer took more than one try; sorted."""
    lacking: int
    """Boxes of readers that a life and the limit after the last post did not show it."""
    boxes: int
    """Boxes that were shown to readers."""


def judge(
    readers: Sequence[Sequence[Fetched]], posts: Sequence[tuple[int, float]], *, life: float, limit: float
) -> Judged:
    """Judge what readers fetched.

    Args:
        readers: what each of them fetched, in order.
        posts: the number of each post with the moment it was published, in order.
        life: of a box, in seconds.
        limit: how much later than a life the last post may be seen, in seconds.
    """
    waits, overdue, met, lacking, boxes = [], [], [], 0, 0
    numbers, moments = [number for number, _ in posts], [moment for _, moment in posts]
    last, by = numbers[-1], moments[-1] + life + limit
    for fetched in readers:
        for box in dict.fromkeys(each.box for each in fetched):
            shown = [each for each in fetched if each.box == box]
            boxes += 1
            waits += [each.done - each.due for each in shown]
            at_last = [each.post for each in shown if each.done <= by]
            lacking += not at_last or at_last[-1] != last
            for before, after in pairwise(shown):
                newer = bisect_right(numbers, before.post)
                if newer == len(moments):
                    continue  # it was the last
                overdue.append(max(0.0, after.done - moments[newer] - life))
                if after.tries > 1:
                    met.append(overdue[-1])
    return Judged(waits=sorted(waits), overdue=sorted(overdue), met_restart=sorted(met), lacking=lacking, boxes=boxes)


def at(values: Sequence[float], share: float) -> float:
    """The value below which a share of them lies; 0 of none."""
    return values[min(len(values) - 1, int(len(values) * share))] if values else 0.0
