"""What an editor asked of the list of articles, read from an address. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlencode

from broadsheet.desk.wire_desk.filters import Mark, read_mark


class State(StrEnum):
    """Where an article stands."""

    DRAFT = "draft"
    MODERATION = "moderation"
    SCHEDULED = "scheduled"
    PUBLISHED = "published"
    WITHDRAWN = "withdrawn"


LABELS = {
    State.DRAFT: "Draft",
    State.MODERATION: "In moderation",
    State.SCHEDULED: "Scheduled",
    State.PUBLISHED: "Published",
    State.WITHDRAWN: "Withdrawn",
}


@dataclass(frozen=True, kw_only=True)
class Filters:
    """Which articles are wanted."""

    state: str = ""
    """A value of State; empty for all."""
    section: int | None = None
    """A section's id, with all below it; None for the whole paper."""
    author: int | None = None
    """A person's id; None for all."""
    text: str = ""
    """Words that must stand in the headline."""
    before: Mark | None = None
    """Only what was last changed before this; None for the newest."""

    @property
    def narrowed(self) -> bool:
        """Whether anything is asked for."""
        return bool(self.state or self.section or self.author or self.text)

    def query(self) -> str:
        """The same as a query string, without the place."""
        asked = {"state": self.state, "section": self.section, "author": self.author, "text": self.text}
        return urlencode({name: value for name, value in asked.items() if value})


def read_filters(asked: Mapping[str, str]) -> Filters:
    """Filters from a query string; what makes no sense is left out."""
    state = asked.get("state", "")
    return Filters(
        state=state if state in set(State) else "",
        section=_number(asked.get("section", "")),
        author=_number(asked.get("author", "")),
        text=" ".join(asked.get("text", "").replace("\x00", "").split())[:100],
        before=read_mark(asked.get("before", "")),
    )


def state_of(*, live: bool, published_before: bool, scheduled: bool, in_moderation: bool) -> State:
    """Where an article stands; what an editor must act on comes first.

    Args:
        live: readers see it.
        published_before: it was published at some time.
        scheduled: a version has a time to go live.
        in_moderation: it waits for somebody's approval.
    """
    if in_moderation:
        return State.MODERATION
    if scheduled:
        return State.SCHEDULED
    if live:
        return State.PUBLISHED
    return State.WITHDRAWN if published_before else State.DRAFT


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None
