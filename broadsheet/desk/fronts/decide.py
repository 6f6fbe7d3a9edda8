"""What is wrong with what was curated on a front. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Slot:
    """A curated slot as stored."""

    container: str
    """Its container's heading, or its number."""
    place: int
    """Its place in the container, counted from 1."""
    article: int | None
    """The article's id; None if none is chosen."""
    until: datetime | None = None
    """When it leaves by itself; None for never."""


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of a curated article."""

    title: str
    """Its headline."""
    live: bool
    """Whether it is published."""


@dataclass(frozen=True, kw_only=True)
class Problem:
    """One thing to mend on a front."""

    container: str
    """The container it stands in."""
    message: str
    """What is wrong and what follows."""

    def __str__(self) -> str:
        return f"{self.container}, {self.message}"


def problems_of(slots: Sequence[Slot], articles: Mapping[int, Known], now: datetime) -> tuple[Problem, ...]:
    """Slots that readers will not see as the editor meant: gone, unpublished, doubled or over."""
    first: dict[int, Slot] = {}
    found: list[Problem] = []
    for slot in slots:
        message = _of(slot, articles, first, now)
        if message:
            found.append(Problem(container=slot.container, message=f"slot {slot.place}: {message}"))
        elif slot.article is not None:
            first[slot.article] = slot
    return tuple(found)


def _of(slot: Slot, articles: Mapping[int, Known], first: Mapping[int, Slot], now: datetime) -> str:
    known = articles.get(slot.article) if slot.article is not None else None
    if known is None:
        return "its article was deleted. Choose another."
    if not known.live:
        return f"“{known.title}” is not published, so readers see the next article instead."
    if slot.until and slot.until <= now:
        return f"“{known.title}” has left the front, its time is over. Remove it when convenient."
    if earlier := first.get(slot.article or 0):
        where = f"{earlier.container}, slot {earlier.place}"
        return f"“{known.title}” stands in {where} already, so it is left out here."
    return ""


def slots_of(containers: Iterable[tuple[str, Mapping[str, object]]]) -> list[Slot]:
    """The slots of a front's containers as stored: pairs of block type and raw value."""
    found: list[Slot] = []
    for number, (_, value) in enumerate(containers, 1):
        heading = str(value.get("title") or "") or f"Container {number}"
        for place, slot in enumerate(_entries(value.get("slots")), 1):
            article = slot.get("article")
            found.append(
                Slot(
                    container=heading,
                    place=place,
                    article=article if isinstance(article, int) else None,
                    until=_moment(slot.get("until")),
                )
            )
    return found


def _entries(stored: object) -> list[Mapping[str, object]]:
    """A list block's values, with or without the ids that Wagtail keeps around them."""
    entries: list[Mapping[str, object]] = []
    for entry in stored if isinstance(stored, list) else []:
        value = entry.get("value", entry) if isinstance(entry, dict) else None
        if isinstance(value, dict):
            entries.append(value)
    return entries


def _moment(text: object) -> datetime | None:
    if not isinstance(text, str) or not text:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
