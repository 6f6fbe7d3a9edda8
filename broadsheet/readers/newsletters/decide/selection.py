"""Which articles a letter carries. Pure."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime

from broadsheet.newsroom.lists import Entry


def choose(
    *, front: Sequence[int], newest: Sequence[Entry], already: Collection[int], since: datetime, most: int
) -> list[int]:
    """The articles of a letter, in their order: what stands on the front first, then the newest.

    Args:
        front: what the section's front shows, from its top.
        newest: the list's newest entries.
        already: what this list's letters have carried: it is not carried again.
        since: nothing older.
        most: so many at most.
    """
    fresh = {entry.article for entry in newest if entry.at >= since and entry.article not in already}
    ordered = [pk for pk in front if pk in fresh] + [entry.article for entry in newest if entry.article in fresh]
    return list(dict.fromkeys(ordered))[:most]


def subject_of(headlines: Sequence[str], name: str) -> str:
    """A letter's subject until an editor writes another: its first headline."""
    return one_line(headlines[0] if headlines else name, 150)


def preheader_of(headlines: Sequence[str]) -> str:
    """What stands behind the subject: the next two headlines."""
    return one_line("; ".join(headlines[1:3]), 200)


def one_line(text: str, most: int) -> str:
    """Text without line breaks or other control characters, as a header must be."""
    plain = " ".join("".join(char if char.isprintable() else " " for char in text).split())
    return plain if len(plain) <= most else plain[: most - 1].rstrip() + "…"
