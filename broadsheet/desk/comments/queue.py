"""What the queue shows: comments of a state, each with what moderators must know, in a fixed number of queries."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from broadsheet.readers.comments.models import Ban, Comment, Report

LENGTH = 40
MOST_COUNTED = 100
REPORTED = "reported"
State = Comment.State
TABS = (
    (State.WAITING.value, "Waiting"),
    (REPORTED, "Reported"),
    (State.SPAM.value, "Spam"),
    (State.APPROVED.value, "Published"),
    (State.REJECTED.value, "Rejected"),
    ("", "All"),
)


@dataclass(frozen=True, kw_only=True)
class Filters:
    """What is asked for."""

    state: str
    """A value of Comment.State, REPORTED, or "" for all that is confirmed."""
    text: str
    """Words in the comment, its name or its writer's address."""
    before: int | None
    """Only what is older than this comment."""

    def query(self, **change: Any) -> str:
        """The address of another view of the queue."""
        asked = {"state": self.state, "text": self.text, **change}
        return "?" + urlencode({name: value for name, value in asked.items() if value or name == "state"})


@dataclass(frozen=True, kw_only=True)
class Row:
    """A comment as a moderator sees it."""

    comment: Comment
    """With its article, what it answers, and its writer."""
    published: int
    """Published comments of the same writer."""
    refused: int
    """Rejected ones and spam of the same writer."""
    reports: tuple[Report, ...]
    """What readers said of it that no moderator has looked at."""
    banned: bool
    """Whether its writer is banned now."""


def read_filters(asked: Mapping[str, str]) -> Filters:
    """Filters from an address; what makes no sense is left out."""
    state, before = asked.get("state", State.WAITING.value), asked.get("before", "")
    return Filters(
        state=state if state in dict(TABS) else State.WAITING.value,
        text=asked.get("text", "").replace("\x00", "").strip()[:100],
        before=int(before) if before.isascii() and before.isdecimal() and len(before) < 19 else None,
    )


def count_waiting() -> int:
    """Comments that wait, up to MOST_COUNTED."""
    return Comment.objects.filter(state=State.WAITING).order_by()[:MOST_COUNTED].count()


def read_rows(filters: Filters) -> tuple[list[Row], int | None]:
    """A page of the queue, newest first; and the mark of the next one, None on the last."""
    found = list(_matching(filters).select_related("article", "parent", "commenter", "decided_by")[: LENGTH + 1])
    comments = found[:LENGTH]
    writers = {comment.commenter_id for comment in comments if comment.commenter_id}
    history = _history(writers)
    reports = _reports([comment.pk for comment in comments])
    keys = [comment.commenter.email_key for comment in comments if comment.commenter]
    banned = set(Ban.objects.filter(Ban.in_force(), email_key__in=keys).values_list("email_key", flat=True))
    rows = [
        Row(
            comment=comment,
            published=history.get(comment.commenter_id, (0, 0))[0],
            refused=history.get(comment.commenter_id, (0, 0))[1],
            reports=tuple(reports.get(comment.pk, ())),
            banned=bool(comment.commenter and comment.commenter.email_key in banned),
        )
        for comment in comments
    ]
    return rows, comments[-1].pk if len(found) > LENGTH else None


def _matching(filters: Filters) -> QuerySet[Comment]:
    found = Comment.objects.exclude(state__in=[State.UNCONFIRMED, State.REMOVED]).order_by("-pk")
    if filters.state == REPORTED:
        found = found.filter(Exists(Report.objects.filter(comment=OuterRef("pk"), settled=False)))
    elif filters.state:
        found = found.filter(state=filters.state)
    if filters.text:
        words = filters.text
        found = found.filter(Q(text__icontains=words) | Q(name__icontains=words) | Q(commenter__email__icontains=words))
    return found.filter(pk__lt=filters.before) if filters.before else found


def _history(writers: set[int]) -> dict[int | None, tuple[int, int]]:
    rows = (
        Comment.objects.filter(commenter__in=writers)
        .values("commenter")
        .annotate(
            published=Count("pk", filter=Q(state=State.APPROVED)),
            refused=Count("pk", filter=Q(state__in=[State.REJECTED, State.SPAM])),
        )
    )
    return {row["commenter"]: (row["published"], row["refused"]) for row in rows}


def _reports(comments: list[int]) -> dict[int, list[Report]]:
    found: dict[int, list[Report]] = {}
    for report in Report.objects.filter(comment__in=comments, settled=False).order_by("pk"):
        found.setdefault(report.comment_id, []).append(report)
    return found
