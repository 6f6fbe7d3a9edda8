"""Comments in the order in which they are read: an answer below what it answers, three deep. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

DEEPEST = 2
"""An answer to an answer to a comment; what answers that stands beside it."""


@dataclass(frozen=True, kw_only=True)
class Shown:
    """A comment as a page shows it."""

    id: int
    """Its number."""
    parent: int | None
    """What it answers."""
    depth: int
    """0 to DEEPEST."""
    name: str
    """Who wrote it; empty when it is deleted."""
    html: str
    """Its text, sanitised; empty when it is deleted."""
    at: datetime
    """When everybody could first read it."""
    edited: bool
    """Whether it was changed since."""
    staff: str
    """Author, Editor: the newsroom's own."""
    pick: bool
    """Editors' pick."""
    removed: bool
    """Only a place for the answers to it."""


def in_order(roots: Sequence[Shown], answers: Sequence[Shown]) -> list[Shown]:
    """Roots as given, each followed by its answers, the oldest first; a deleted one without answers is left out."""
    below: dict[int | None, list[Shown]] = defaultdict(list)
    for answer in answers:
        below[answer.parent].append(answer)
    ordered: list[Shown] = []
    for root in roots:
        ordered += _with_answers(root, below)
    return ordered


def _with_answers(comment: Shown, below: dict[int | None, list[Shown]]) -> list[Shown]:
    found = [shown for answer in below[comment.id] for shown in _with_answers(answer, below)]
    return [] if comment.removed and not found else [comment, *found]


def place_below(depth: int, parent: int, grandparent: int | None) -> tuple[int, int]:
    """Where an answer stands: its depth, and below which comment.

    Args:
        depth: of the comment that is answered.
        parent: its number.
        grandparent: what it answers itself.
    """
    if depth < DEEPEST:
        return depth + 1, parent
    return DEEPEST, grandparent if grandparent is not None else parent


def is_open(*, taken: bool, article: str, published_at: datetime | None, close_after: int, now: datetime) -> bool:
    """Whether an article takes comments now.

    Args:
        taken: whether the paper takes comments at all.
        article: what the article says for itself: ``""`` as the paper does, ``open``, ``closed`` or ``off``.
        published_at: when it was published.
        close_after: days; 0 for never.
        now: the moment.
    """
    if not taken or article in {"closed", "off"} or published_at is None:
        return False
    return article == "open" or not close_after or (now - published_at).days < close_after
