"""The agencies of the demo's wire, and what each has out at a moment. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

READY, READY_APART = 9, 420.0
"""Reports that are out when the service starts, and how far apart they then lie."""
RETITLED_AFTER = 3
"""How many publishing intervals after a report its better title follows."""
DUPLICATE_AFTER = 3
"""How many reports after the original another agency's version of it follows."""
SHOWN = 20
"""Reports of a feed."""


@dataclass(frozen=True, kw_only=True)
class Report:
    """One report as it stands now."""

    key: str
    """Its slug in the feed and in its address; fresh in every round."""
    text: dict[str, Any]
    """What the agency's file says about it."""
    title: str
    """Its title, the better one once that is out."""
    published: datetime
    """When it was published."""
    updated: datetime
    """When it was last changed."""
    paragraphs: tuple[str, ...]
    """Its paragraphs; in later rounds under a dateline, so that it is a report of its own."""


class Agencies:
    """The reports of all agencies in the order of their publication, for ever from the beginning."""

    def __init__(self, content: dict[str, Any], *, every: float, started: float) -> None:
        self.feeds: dict[str, dict[str, Any]] = {feed["slug"]: feed for feed in content["feeds"]}
        self._order = in_turn(content["reports"])
        self._every = every
        self._started = started

    def out(self, now: float) -> list[Report]:
        """What is out at a moment, the newest first."""
        count = READY + max(int((now - self._started) // self._every), 0)
        first = max(count - 2 * len(self._order), 0)  # the last two rounds stay up, as an archive would
        return [self._report(number, now) for number in range(count - 1, first - 1, -1)]

    def of(self, feed: str, now: float) -> list[Report]:
        """The newest reports of one agency."""
        return [report for report in self.out(now) if report.text["feed"] == feed][:SHOWN]

    def one(self, key: str, now: float) -> Report | None:
        """A report by its key, if it is out."""
        return next((report for report in self.out(now) if report.key == key), None)

    def _report(self, number: int, now: float) -> Report:
        turn, place = divmod(number, len(self._order))
        text = self._order[place]
        apart = READY_APART if number < READY else self._every
        at = self._started + (number - READY + 1) * apart
        retitled = bool(text.get("retitle")) and now >= at + RETITLED_AFTER * self._every
        published = datetime.fromtimestamp(at, UTC).replace(microsecond=0)
        changed = datetime.fromtimestamp(at + RETITLED_AFTER * self._every, UTC).replace(microsecond=0)
        dateline = (f"Port Ansel, {published:%H.%M} on {published:%A}, report number {number}.",) if turn else ()
        return Report(
            key=f"{text['key']}-{turn + 1}" if turn else text["key"],
            text=text,
            title=text["retitle"] if retitled else text["title"],
            published=published,
            updated=changed if retitled else published,
            paragraphs=(*dateline, *text["paragraphs"]),
        )


def in_turn(reports: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The agencies take turns; another agency's version of a report follows a little after the original."""
    waiting: dict[str, list[dict[str, Any]]] = {}
    for report in reports:
        if "near_duplicate_of" not in report:
            waiting.setdefault(report["feed"], []).append(report)
    order = []
    while any(waiting.values()):
        order += [queue.pop(0) for queue in waiting.values() if queue]
    for copy in (report for report in reports if "near_duplicate_of" in report):
        original = next(place for place, report in enumerate(order) if report["key"] == copy["near_duplicate_of"])
        order.insert(original + 1 + DUPLICATE_AFTER, copy)
    return order
