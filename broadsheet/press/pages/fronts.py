"""Fronts as readers see them: containers with their cards."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils import timezone

from broadsheet.newsroom import fronts, lists
from broadsheet.newsroom.fronts import ContainerPlan, CuratedSlot, FilledContainer
from broadsheet.newsroom.models import ListKind, Picture
from broadsheet.newsroom.navigation import Navigation
from broadsheet.newsroom.reads import reading
from broadsheet.press import recorder
from broadsheet.press.pages.cards import Card, card


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
    """A front's stored containers as plans."""
    return tuple(_plan(block.value) for block in containers)  # type: ignore[attr-defined]


def fill(plans: Sequence[ContainerPlan], menu: Navigation) -> list[Container]:
    """Lay out a front and fetch its articles: a fixed number of queries, however many slots there are."""
    now = timezone.now()
    if record := recorder.current():
        record.until(fronts.next_change(plans, now))
    pools = {source: _pool(source, plans) for source in dict.fromkeys(plan.source for plan in plans if plan.fill)}
    found = lists.articles(
        [slot.article for plan in plans for slot in plan.slots] + [pk for pool in pools.values() for pk in pool]
    )
    laid = fronts.lay_out(plans, pools, available=frozenset(found), now=now)
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


def _pool(source: lists.ListRef, plans: Sequence[ContainerPlan]) -> list[int]:
    # Enough for every container that fills from this list, even if all other slots of the front take from it first.
    wanted = sum(plan.count for plan in plans)
    return [entry.article for entry in lists.newest(source, wanted)]


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
    with reading("pictures"):
        return {p.pk: p for p in Picture.objects.filter(pk__in=wanted).prefetch_related("renditions")}


def _section(plan: ContainerPlan, menu: Navigation, name: str) -> str:
    if plan.source.kind != ListKind.SECTION or plan.source.ref not in menu.by_id:
        return ""
    return str(getattr(menu.by_id[plan.source.ref], name))
