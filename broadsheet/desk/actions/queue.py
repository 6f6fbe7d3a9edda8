"""What an editor does with reports in the queue, one or many."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from broadsheet.desk.actions.file_item import file_item, suggested_section
from broadsheet.desk.errors import CannotFile
from broadsheet.newsroom.models import Article, Section
from broadsheet.wire import actions as wire
from broadsheet.wire.models import Item, Status

if TYPE_CHECKING:
    from django.contrib.auth.models import User

WAITING = {Status.NEW, Status.HELD}
PUT_ASIDE = {Status.HELD, Status.SPIKED}


@dataclass(kw_only=True)
class Outcome:
    """What came of an order; filled while it is carried out."""

    done: list[int] = field(default_factory=list)
    """Ids of the reports it was done with."""
    articles: dict[int, Article] = field(default_factory=dict)
    """Drafts made, by report."""
    problems: list[str] = field(default_factory=list)
    """What was refused or went wrong, for the editor."""


def spike(items: Iterable[Item]) -> Outcome:
    """Take reports off the queue. Filed ones stay as they are."""
    return _set(items, wire.spike, WAITING, "has been filed or spiked already")


def hold(items: Iterable[Item]) -> Outcome:
    """Put reports aside for later."""
    return _set(items, wire.hold, {Status.NEW, Status.SPIKED}, "has been filed or held already")


def unspike(items: Iterable[Item]) -> Outcome:
    """Put spiked and held reports back on the queue."""
    return _set(items, wire.unspike, PUT_ASIDE, "is neither spiked nor held")


def file_all(items: Iterable[Item], section: Section | None, user: User) -> Outcome:
    """Make a draft of each report.

    Args:
        items: the reports.
        section: where to; None for each report's suggested section.
        user: who files; must be allowed to write in the section.
    Returns:
        The drafts. A report that cannot be filed is named with what to do, and stops no other.
    """
    wanted = list(items)
    outcome = Outcome()
    for item in wanted:
        try:
            target = section or suggested_section(item)
            if target is None:
                raise CannotFile(f"“{item}” suggests no section that exists: choose one.")
            filed = file_item(item, target, user, picture_later=len(wanted) > 1)
        except CannotFile as error:
            outcome.problems.append(str(error))
            continue
        outcome.done.append(item.pk)
        outcome.articles[item.pk] = filed.article
        if filed.note:
            outcome.problems.append(filed.note)
    return outcome


def _set(items: Iterable[Item], act: Callable[[Item], None], allowed: set[Status], otherwise: str) -> Outcome:
    outcome = Outcome()
    for item in items:
        if item.status not in allowed:
            outcome.problems.append(f"“{item}” {otherwise}: it was left as it is.")
            continue
        act(item)
        outcome.done.append(item.pk)
    return outcome
