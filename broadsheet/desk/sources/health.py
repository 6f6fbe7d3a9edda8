"""How a source is doing, in an editor's words. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class State(StrEnum):
    """What an editor must know first."""

    OFF = "off"
    FAILING = "failing"
    SILENT = "silent"
    FIRST = "first"
    FINE = "fine"


LABELS = {
    State.OFF: "Off",
    State.FAILING: "Failing",
    State.SILENT: "Silent",
    State.FIRST: "Not asked yet",
    State.FINE: "Fine",
}


@dataclass(frozen=True, kw_only=True)
class Health:
    """A source's state and why."""

    state: State
    """What an editor must know first."""
    cause: str
    """Why, and what to do; empty when all is well."""

    @property
    def label(self) -> str:
        """The state as shown."""
        return LABELS[self.state]


def health_of(
    *,
    active: bool,
    failures: int,
    last_error: str,
    silent: bool,
    last_item_at: datetime | None,
    last_fetched_at: datetime | None,
    usual_gap: int,
    now: datetime,
) -> Health:
    """A source's health.

    Args:
        active: whether it is polled at all.
        failures: failed polls in a row.
        last_error: the cause the last of them gave.
        silent: whether it is quiet beyond its norm.
        last_item_at: its newest report.
        last_fetched_at: the last poll that went well.
        usual_gap: seconds between its reports.
        now: the moment.
    """
    if not active:
        return Health(state=State.OFF, cause=last_error or "It is not asked. Switch it on to listen again.")
    if failures:
        times = "once" if failures == 1 else f"{failures} times in a row"
        return Health(state=State.FAILING, cause=f"Failed {times}. {last_error}")
    if silent and last_item_at:
        quiet, usual = spell(now - last_item_at), spell(timedelta(seconds=usual_gap))
        cause = f"No report for {quiet}; it usually brings one every {usual}. Look whether the site still uses it."
        return Health(state=State.SILENT, cause=cause)
    if last_fetched_at is None:
        return Health(state=State.FIRST, cause="")
    return Health(state=State.FINE, cause="")


def spell(span: timedelta) -> str:
    """A span as people say it: the largest unit only."""
    seconds = max(int(span.total_seconds()), 0)
    for name, size in (("day", 86_400), ("hour", 3_600), ("minute", 60)):
        if seconds >= size:
            count = seconds // size
            return f"{count} {name}{'' if count == 1 else 's'}"
    return f"{seconds} second{'' if seconds == 1 else 's'}"
