"""What an editor asked of the queue: filters and a place in it, read from an address. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from urllib.parse import urlencode

from broadsheet.wire.models import Rights, Status

LONGEST_TEXT = 100


@dataclass(frozen=True, kw_only=True)
class Mark:
    """A place in the queue, between two items."""

    at: datetime
    """When the item at the place was first seen."""
    item: int
    """Its id, which decides among equal times."""

    def __str__(self) -> str:
        return f"{int(self.at.timestamp() * 1_000_000)}-{self.item}"


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Which items are wanted."""

    status: str = Status.NEW
    """A value of wire.Status."""
    source: int | None = None
    """A source's id; None for all."""
    section: str = ""
    """A section's slug; empty for all."""
    rights: str = ""
    """A value of wire.Rights; empty for all."""
    text: str = ""
    """Words that must all stand in the report."""
    before: Mark | None = None
    """Only what is older than this; None for the newest."""

    @property
    def narrowed(self) -> bool:
        """Whether anything but the status is asked for."""
        return bool(self.source or self.section or self.rights or self.text)

    def query(self) -> str:
        """The same as a query string, without the place."""
        asked = {
            "status": "" if self.status == Status.NEW else self.status,
            "source": self.source or "",
            "section": self.section,
            "rights": self.rights,
            "text": self.text,
        }
        return urlencode({name: value for name, value in asked.items() if value})

    def at(self, status: str) -> Filters:
        """The same filters for another status, from its newest item."""
        return replace(self, status=status, before=None)


def read_filters(asked: Mapping[str, str]) -> Filters:
    """Filters from a query string. What makes no sense is left out: an address typed by hand never fails."""
    status, rights, source = asked.get("status", ""), asked.get("rights", ""), asked.get("source", "")
    return Filters(
        status=status if status in Status.values else Status.NEW,
        source=int(source) if source.isascii() and source.isdigit() and len(source) < 16 else None,
        section=asked.get("section", "").strip()[:100],
        rights=rights if rights in Rights.values else "",
        text=" ".join(asked.get("text", "").replace("\x00", "").split())[:LONGEST_TEXT],
        before=read_mark(asked.get("before", "")),
    )


def read_mark(text: str) -> Mark | None:
    """A place from its text in an address; None if it is none."""
    micros, dash, item = text.partition("-")
    if not (dash and micros.isascii() and item.isascii() and micros.isdigit() and item.isdigit()):
        return None
    try:
        return Mark(at=datetime.fromtimestamp(int(micros) / 1_000_000, UTC), item=min(int(item), 2**62))
    except (ValueError, OverflowError, OSError):
        return None
