"""What an address showed at a moment, and what a moment is called. Pure."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from enum import Enum

from broadsheet.press.history.values import Micros, Version

CLOCK = re.compile(r"^(\d{1,2}):(\d\d)(?::(\d\d))?$")


class Verdict(Enum):
    """What is known of an address at a moment."""

    PAGE = "it showed this version"
    ABSENT = "it led to no page"
    UNKNOWN = "it was never printed"


def shown(before: Version | None, after: Version | None, moment: Micros) -> tuple[Verdict, Version | None]:
    """What an address showed at a moment.

    Args:
        before: the last version printed at or before the moment.
        after: the first version printed after it.
        moment: the moment.
    Returns:
        The verdict, and the version to show. An address that was first asked for after the moment shows its earliest
        version, the nearest to what it would have shown, unless what stands there was published after the moment.
    """
    if before is not None:
        return (Verdict.ABSENT, None) if before.gone else (Verdict.PAGE, before)
    if after is None:
        return Verdict.UNKNOWN, None
    if after.gone or (after.born is not None and after.born > moment):
        return Verdict.ABSENT, None
    return Verdict.PAGE, after


def kept_at(times: list[Micros], moments: list[Micros], horizon: Micros) -> set[Micros]:
    """Which versions of one address a pruning keeps.

    Args:
        times: when its versions were printed, oldest first.
        moments: the snapshots' moments.
        horizon: every moment from here on must stay whole.
    Returns:
        All versions after the horizon, and the last one at or before the horizon and each snapshot.
    """
    kept = {at for at in times if at > horizon}
    for moment in (horizon, *moments):
        earlier = [at for at in times if at <= moment]
        kept.update(earlier[-1:])
    return kept


def read_moment(text: str, now: datetime) -> datetime:
    """A moment as an editor writes it: ``08:00`` (the last time the clock showed that), ``2025-06-09``,
    ``2025-06-09 08:00`` or ISO 8601; without an offset in the newsroom's zone.

    Args:
        text: what was written.
        now: the present, in the newsroom's zone.
    Raises:
        ValueError: it is no moment.
    """
    if found := CLOCK.match(text.strip()):
        hour, minute, second = (int(part or 0) for part in found.groups())
        today = now.replace(hour=hour, minute=minute, second=second, microsecond=0, fold=0)
        return today if today <= now else today - timedelta(days=1)
    written = datetime.fromisoformat(text.strip())
    return written if written.tzinfo else written.replace(tzinfo=now.tzinfo)


def micros(moment: datetime) -> Micros:
    """A moment as the history writes it; exact, where a float would round."""
    whole = moment.replace(microsecond=0).timestamp()
    return int(whole) * 1_000_000 + moment.microsecond
