"""Laying out a front. Pure: curated slots, pins and fill rules in one pass, no article twice (row D4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from broadsheet.newsroom.lists import ListRef


@dataclass(frozen=True, kw_only=True)
class CuratedSlot:
    """A slot as an editor set it."""

    article: int
    """The article's id."""
    headline: str = ""
    """Its headline in this slot; empty for its own."""
    picture: int | None = None
    """A picture for this slot; None for its own."""
    boost: str = ""
    """Size in this slot; empty for the layout's."""
    pin: int | None = None
    """The place it holds, counted from 1; None to stand in order."""
    until: datetime | None = None
    """When it leaves by itself; None for never."""


@dataclass(frozen=True, kw_only=True)
class ContainerPlan:
    """A container before its articles are found."""

    title: str
    """Its heading; may be empty."""
    layout: str
    """A value of blocks.front.LAYOUTS."""
    palette: str
    """A value of blocks.front.PALETTES."""
    source: ListRef
    """The list that fills it."""
    count: int
    """Slots in all."""
    fill: bool
    """Whether the list fills what is not curated."""
    slots: tuple[CuratedSlot, ...] = ()
    """The curated slots in order."""


@dataclass(frozen=True, kw_only=True)
class FilledContainer:
    """A container with an article in each slot."""

    plan: ContainerPlan
    """What was asked for."""
    slots: tuple[CuratedSlot, ...]
    """The articles in order; a filled slot has only its article set."""
    used: int
    """How many entries of its list were looked at to fill it."""


def lay_out(
    plans: Sequence[ContainerPlan],
    pools: Mapping[ListRef, Sequence[int]],
    *,
    available: frozenset[int],
    now: datetime,
) -> tuple[FilledContainer, ...]:
    """Give every slot its article.

    An article stands in the first container, from the top, that curates it; the rest of each container is filled
    with the newest of its list that the front has not used. A pinned slot holds its place while the others flow.

    Args:
        plans: the containers from top to bottom.
        pools: for each list used, article ids from the newest, long enough to fill from.
        available: the articles that are published.
        now: slots whose time is over are left out.
    """
    used: set[int] = set()
    curated = [_curated(plan, used, available, now) for plan in plans]
    return tuple(
        _fill(plan, slots, pools.get(plan.source, ()), used, available)
        for plan, slots in zip(plans, curated, strict=True)
    )


def next_change(plans: Sequence[ContainerPlan], now: datetime) -> datetime | None:
    """When the front will look different by itself, because a slot's time ends; None if never."""
    ends = [slot.until for plan in plans for slot in plan.slots if slot.until and slot.until > now]
    return min(ends, default=None)


def ran_out(source: ListRef, laid: Sequence[FilledContainer]) -> bool:
    """Whether a container wanted more of this list than there was: whatever comes to its end will show."""
    return any(f.plan.fill and f.plan.source == source and len(f.slots) < f.plan.count for f in laid)


def _curated(plan: ContainerPlan, used: set[int], available: frozenset[int], now: datetime) -> list[CuratedSlot]:
    kept: list[CuratedSlot] = []
    for slot in plan.slots:
        over = slot.until is not None and slot.until <= now
        if over or slot.article in used or slot.article not in available or len(kept) == plan.count:
            continue
        used.add(slot.article)
        kept.append(slot)
    return kept


def _fill(
    plan: ContainerPlan, curated: list[CuratedSlot], pool: Sequence[int], used: set[int], available: frozenset[int]
) -> FilledContainer:
    wanted = plan.count - len(curated) if plan.fill else 0
    flowing = [slot for slot in curated if slot.pin is None]
    looked_at = 0
    for article in pool:
        if wanted == 0:
            break
        looked_at += 1
        if article not in used and article in available:
            used.add(article)
            flowing.append(CuratedSlot(article=article))
            wanted -= 1
    pinned = sorted((slot for slot in curated if slot.pin is not None), key=lambda slot: slot.pin or 0)
    for slot in pinned:
        flowing.insert(min((slot.pin or 1) - 1, len(flowing)), slot)
    return FilledContainer(plan=plan, slots=tuple(flowing), used=looked_at)
