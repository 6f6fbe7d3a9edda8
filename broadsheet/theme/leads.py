"""The lead of a front: which card stands where, from one to as many as an editor wants."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

UNDER = 2
MOST_LEFT = 3
MOST_BESIDE = 3


@dataclass(frozen=True, kw_only=True)
class Lead:
    """A lead's cards by place."""

    name: str
    """Columns at full width: "one", "two" or "three"."""
    splash: Any
    """The large one."""
    under: Sequence[Any]
    """Below it, without pictures."""
    left: Sequence[Any]
    """The left column; empty unless there are three."""
    right: Sequence[Any]
    """The right column."""


def lead_of(cards: Sequence[Any]) -> Lead | None:
    """Give each card its place; None without cards."""
    if not cards:
        return None
    splash, rest = cards[0], cards[1:]
    if len(rest) <= MOST_BESIDE:
        return Lead(name="two" if rest else "one", splash=splash, under=(), left=(), right=rest)
    under, sides = rest[:UNDER], rest[UNDER:]
    if len(sides) <= MOST_BESIDE:
        return Lead(name="two", splash=splash, under=under, left=(), right=sides)
    left = min(MOST_LEFT, len(sides) // 2)
    return Lead(name="three", splash=splash, under=under, left=sides[:left], right=sides[left:])
