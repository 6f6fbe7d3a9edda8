"""Laying out fronts: pure values, no database."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from broadsheet.newsroom.fronts import ContainerPlan, CuratedSlot, lay_out, next_change
from broadsheet.newsroom.lists import ListRef

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
WORLD, SPORT = ListRef(kind=1, ref=7), ListRef(kind=1, ref=8)


def plan(
    source: ListRef = WORLD, count: int = 4, slots: tuple[CuratedSlot, ...] = (), fill: bool = True
) -> ContainerPlan:
    return ContainerPlan(title="", layout="cols", palette="", source=source, count=count, fill=fill, slots=slots)


def laid(plans: list[ContainerPlan], pools: dict[ListRef, list[int]], gone: set[int] = frozenset()) -> list[list[int]]:
    available = frozenset({n for pool in pools.values() for n in pool} | set(range(900, 960))) - gone
    return [[slot.article for slot in filled.slots] for filled in lay_out(plans, pools, available=available, now=NOW)]


def test_curated_first_then_the_newest():
    assert laid([plan(slots=(CuratedSlot(article=901),))], {WORLD: [5, 4, 3, 2, 1]}) == [[901, 5, 4, 3]]


def test_no_article_twice_on_a_front():
    plans = [plan(), plan(), plan(SPORT, slots=(CuratedSlot(article=4),))]
    shown = laid(plans, {WORLD: list(range(20, 0, -1)), SPORT: list(range(20, 6, -1))})
    everything = [number for container in shown for number in container]
    assert len(everything) == len(set(everything)) == 12


def test_what_a_lower_container_curates_is_not_used_up_above():
    shown = laid([plan(count=2), plan(SPORT, count=1, slots=(CuratedSlot(article=5),))], {WORLD: [5, 4, 3], SPORT: []})
    assert shown == [[4, 3], [5]]


def test_the_first_container_that_curates_an_article_has_it():
    slots = (CuratedSlot(article=901),)
    assert laid([plan(count=1, slots=slots), plan(count=1, slots=slots)], {WORLD: [1]}) == [[901], [1]]


def test_a_pin_holds_its_place_whatever_comes_in():
    pinned = (CuratedSlot(article=901), CuratedSlot(article=902, pin=3))
    assert laid([plan(slots=pinned)], {WORLD: [9, 8, 7]}) == [[901, 9, 902, 8]]
    assert laid([plan(slots=pinned)], {WORLD: [99, 9, 8, 7]}) == [[901, 99, 902, 9]]


def test_a_slot_leaves_when_its_time_is_over():
    over = CuratedSlot(article=901, until=NOW - timedelta(minutes=1))
    later = CuratedSlot(article=902, until=NOW + timedelta(minutes=1))
    assert laid([plan(count=2, slots=(over, later))], {WORLD: [1]}) == [[902, 1]]
    assert next_change([plan(slots=(over, later))], NOW) == later.until


def test_withdrawn_articles_leave_no_gap():
    shown = laid([plan(count=3, slots=(CuratedSlot(article=901),))], {WORLD: [3, 2, 1]}, gone={901, 2})
    assert shown == [[3, 1]]


def test_without_fill_only_the_curated_are_shown():
    assert laid([plan(slots=(CuratedSlot(article=901),), fill=False)], {WORLD: [3, 2, 1]}) == [[901]]


def test_28_curated_slots_and_62_articles():
    slots = tuple(CuratedSlot(article=900 + n) for n in range(28))
    plans = [plan(count=8, slots=slots[n * 4 : n * 4 + 4]) for n in range(7)]
    shown = laid(plans, {WORLD: list(range(34, 0, -1))})
    everything = [number for container in shown for number in container]
    assert len(everything) == len(set(everything)) == 56
