"""From what somebody writes to a moment of the history, and back."""

from __future__ import annotations

from datetime import UTC, datetime

from django.utils import timezone

from broadsheet.press.errors import NoSuchMoment, NotKept
from broadsheet.press.history.decide import micros, read_moment
from broadsheet.press.history.store import History
from broadsheet.press.history.values import Micros


def find(history: History, text: str) -> Micros:
    """The moment of a snapshot's name or a time.

    Raises:
        NoSuchMoment: it is neither.
        NotKept: the history does not hold that time.
    """
    for snapshot in history.snapshots():
        if snapshot.name == text:
            return snapshot.at
    try:
        moment = read_moment(text, timezone.localtime())
    except ValueError as error:
        raise NoSuchMoment(text=text) from error
    if not history.since() <= micros(moment) <= micros(timezone.now()):
        raise NotKept(moment=written(micros(moment)), since=written(history.since()))
    return micros(moment)


def written(moment: Micros) -> str:
    """A moment for people, in the newsroom's zone."""
    return f"{timezone.localtime(datetime.fromtimestamp(moment // 1_000_000, UTC)):%Y-%m-%d %H:%M:%S %Z}"
