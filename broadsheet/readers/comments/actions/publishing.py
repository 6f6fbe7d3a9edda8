"""Putting a comment into a state, and telling everybody whom that concerns: the press, and its followers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.db import transaction
from django.utils import timezone

from broadsheet.press import purge_log
from broadsheet.readers.comments import reads
from broadsheet.readers.comments.models import Comment

State = Comment.State


@transaction.atomic
def put(comment: Comment, state: str, *, signs: Sequence[str] | None = None, reason: str = "", by: Any = None) -> None:
    """Put a comment into a state; what readers see of it is printed again.

    Args:
        comment: saved.
        state: a value of Comment.State.
        signs: why, for moderators; None leaves what stands there.
        reason: why, for the writer.
        by: the moderator; None when nobody decided.
    """
    was_shown = comment.is_shown
    comment.state, comment.reason = state, reason[:300]
    comment.signs = comment.signs if signs is None else list(signs)
    if by is not None:
        comment.decided_by, comment.decided_at = by, timezone.now()
    first = state == State.APPROVED and comment.published_at is None
    if first:
        comment.published_at = timezone.now()
    comment.save()
    if was_shown or comment.is_shown:
        tell_press(comment.article_id)
    if first:
        transaction.on_commit(partial(_tell_followers, comment.pk))


def tell_press(article: int) -> None:
    """The comments of an article look different now."""
    purge_log.append([(reads.key_of(article), None)], reason="comments changed")


def _tell_followers(comment: int) -> None:
    from broadsheet.readers.comments import tasks

    tasks.tell.enqueue(comment)
