"""Fronts as readers see them: containers with their cards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone

from broadsheet.newsroom import fronts, lists
from broadsheet.newsroom.fronts import ContainerPlan, CuratedSlot, FilledContainer
from broadsheet.newsroom.lists import Entry
from broadsheet.newsroom.models import ListKind, Picture
from broadsheet.newsroom.navigation import Navigation
from broadsheet.newsroom.reads import reading
from broadsheet.press import recorder
from broadsheet.press.facets import CARD
from broadsheet.press.pages.cards import Card, articles, card
from broadsheet.press.recorder import shows, unseen
from broadsheet.press.surrogate_keys import facet_key


@dataclass(frozen=True, kw_only=True)
class Container:
    """A container of a front."""

    id: str
    """For the heading's id, unique on the page."""
    title: str
    """Its heading; may be empty."""
    layout: str
    """A value of newsroom.blocks.front.LAYOUTS."""
    palette: str
    """"", "dark" or "tint"."""
    colour: str
    """The section's colour name; empty without a section."""
    link: str
    """Where "More" leads; empty for nowhere."""
    cards: list[Card]
    """The articles."""


def standard_plans(section: int | None) -> tuple[ContainerPlan, ...]:
    """The front of a section (or paper) that nobody has arranged: a lead of seven."""
    source = lists.ListRef(kind=ListKind.SECTION, ref=section) if section else lists.WHOLE_PAPER
    return (ContainerPlan(title="", layout="lead", palette="", source=source, count=7, fill=True),)


def plans_of(containers: Sequence[object]) -> tuple[ContainerPlan, ...]:
    """A front's stored containers as plans. What they name is recorded when the front shows it."""
    with unseen():
        return tuple(_plan(block.value) for block in containers)  # type: ignore[attr-defined]


def fill(plans: Sequence[ContainerPlan], menu: Navigation) -> list[Container]:
    """Lay out a front and fetch its articles: a fixed number of queries, however many slots there are."""
    now = timezone.now()
    if record := recorder.current():
        record.until(fronts.next_change(plans, now))
    pools = {source: _pool(source, plans) for source in dict.fromkeys(plan.source for plan in plans if plan.fill)}
    found = articles([*_curated(plans), *(entry.article for pool in pools.values() for entry in pool)])
    ids = {source: [entry.article for entry in pool] for source, pool in pools.items()}
    laid = fronts.lay_out(plans, ids, available=frozenset(found), now=now)
    _narrow(pools, laid)
    pictures = _pictures(laid)
    return [
        Container(
            id=f"c{number}",
            title=filled.plan.title,
            layout=filled.plan.layout,
            palette=filled.plan.palette,
            colour=_section(filled.plan, menu, "palette"),
            link=_section(filled.plan, menu, "url"),
            cards=[card(found[s.article], menu, s, pictures.get(s.picture or 0)) for s in filled.slots],
        )
        for number, filled in enumerate(laid, 1)
        if filled.slots
    ]


def used(containers: Sequence[Container]) -> set[int]:
    """The articles that a front shows."""
    return {shown.id for container in containers for shown in container.cards}


def _pool(source: lists.ListRef, plans: Sequence[ContainerPlan]) -> list[Entry]:
    # Enough for every container that fills from this list, even if all other slots of the front take from it first.
    return lists.newest(source, sum(plan.count for plan in plans))


def _curated(plans: Sequence[ContainerPlan]) -> list[int]:
    """The articles that editors chose; whether each is published shows, too."""
    chosen = [slot.article for plan in plans for slot in plan.slots]
    for pk in chosen:
        shows(facet_key(f"page/{pk}", CARD))
    return chosen


def _narrow(pools: Mapping[lists.ListRef, list[Entry]], laid: Sequence[FilledContainer]) -> None:
    """The front depends on each list only as far down as it was looked at."""
    record = recorder.current()
    if record is None:
        return
    for source, pool in pools.items():
        deepest = max((filled.used for filled in laid if filled.plan.source == source), default=0)
        if not fronts.ran_out(source, laid):
            record.narrow(source.key, pool[deepest - 1].at if deepest else None, read=bool(deepest))


def _plan(value: dict[str, object]) -> ContainerPlan:
    section, topic = value["section"], value["topic"]
    source = lists.WHOLE_PAPER
    if topic:
        source = lists.ListRef(kind=ListKind.TOPIC, ref=topic.pk)  # type: ignore[attr-defined]
    elif section:
        source = lists.ListRef(kind=ListKind.SECTION, ref=section.pk)  # type: ignore[attr-defined]
    return ContainerPlan(
        title=str(value["title"] or ""),
        layout=str(value["layout"]),
        palette=str(value["palette"] or ""),
        source=source,
        count=int(value["count"]),  # type: ignore[call-overload]
        fill=bool(value["fill"]),
        slots=tuple(_slot(slot) for slot in value["slots"] if slot["article"]),  # type: ignore[attr-defined]
    )


def _slot(value: dict[str, object]) -> CuratedSlot:
    picture = value["picture"]
    return CuratedSlot(
        article=value["article"].pk,  # type: ignore[attr-defined]
        headline=str(value["headline"] or ""),
        picture=picture.pk if picture else None,  # type: ignore[attr-defined]
        boost=str(value["boost"] or ""),
        pin=value["pin"],  # type: ignore[arg-type]
        until=value["until"],  # type: ignore[arg-type]
    )


def _pictures(laid: Sequence[FilledContainer]) -> dict[int, Picture]:
    wanted = {slot.picture for filled in laid for slot in filled.slots if slot.picture}
    if not wanted:
        return {}
    with reading(""), unseen():  # by their ids; each card records the one it shows
        return {p.pk: p for p in Picture.objects.filter(pk__in=wanted).prefetch_related("renditions")}


def _section(plan: ContainerPlan, menu: Navigation, name: str) -> str:
    item = menu.item(plan.source.ref) if plan.source.kind == ListKind.SECTION else None
    return str(getattr(item, name)) if item else ""
