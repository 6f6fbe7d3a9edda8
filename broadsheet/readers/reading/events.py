"""One line of the spool: a view, or how far one was read. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Event:
    """What a reader's page said."""

    at: int
    """Unix time at which it arrived."""
    key: int
    """The daily-salted hash of reader and article."""
    article: int
    """The article's id, as claimed."""
    quarter: int = 0
    """How many quarters of the text were seen; 0 for the view itself."""
    group: str = ""
    """For a view: a value of ``origins.GROUPS``."""
    host: str = ""
    """For a view: the host it came from; empty where there is none."""


def write(event: Event) -> bytes:
    """An event as a line of ASCII."""
    return f"{event.at} {event.key} {event.article} {event.quarter} {event.group} {event.host}\n".encode("ascii")


def read(data: bytes) -> Iterator[Event]:
    """The events of whole lines; a line that was damaged on the disk is left out."""
    for line in data.splitlines():
        try:
            at, key, article, quarter, group, host = line.decode("ascii").split(" ")
            numbers = (int(at), int(key), int(article), int(quarter))
        except ValueError:
            continue
        yield Event(at=numbers[0], key=numbers[1], article=numbers[2], quarter=numbers[3], group=group, host=host)
