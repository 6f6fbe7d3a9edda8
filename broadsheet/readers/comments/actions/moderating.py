"""What moderators do, each verb written once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from broadsheet.readers.comments.actions import learning, publishing
from broadsheet.readers.comments.models import Ban, Comment, Report

State = Comment.State


@transaction.atomic
def approve(comments: Iterable[Comment], by: Any) -> int:
    """Publish comments; the classifier learns that they are good. Returns how many changed."""
    return sum(_decide(comment, State.APPROVED, learning.GOOD, by) for comment in comments)


@transaction.atomic
def reject(comments: Iterable[Comment], by: Any, *, reason: str = "") -> int:
    """Do not publish comments; their writers read the reason. Nothing is learned: an insult is no spam."""
    return sum(_decide(comment, State.REJECTED, "", by, reason) for comment in comments)


@transaction.atomic
def mark_spam(comments: Iterable[Comment], by: Any) -> int:
    """Take comments for spam; the classifier, and the service that is asked, learn it."""
    return sum(_decide(comment, State.SPAM, learning.SPAM, by) for comment in comments)


@transaction.atomic
def put_back(comments: Iterable[Comment], by: Any) -> int:
    """Have comments wait again, as if nothing had been decided."""
    return sum(_decide(comment, State.WAITING, "", by) for comment in comments)


@transaction.atomic
def pick(comments: Sequence[Comment], on: bool) -> int:
    """Mark published comments as editors' picks, or not any more. Returns how many."""
    marked = Comment.objects.filter(pk__in=[comment.pk for comment in comments], state=State.APPROVED).update(pick=on)
    for article in {comment.article_id for comment in comments}:
        publishing.tell_press(article)
    return marked


@transaction.atomic
def ban(comments: Iterable[Comment], by: Any, *, until: datetime | None = None, reason: str = "") -> int:
    """Refuse the writers of these comments, and reject what of theirs still waits. Returns how many are banned."""
    writers = {comment.commenter for comment in comments if comment.commenter}
    for writer in writers:
        values = {"until": until, "reason": reason, "by": by}
        Ban.objects.update_or_create(email_key=writer.email_key, defaults=values)
        reject(Comment.objects.filter(commenter=writer, state=State.WAITING), by, reason=reason)
    return len(writers)


def settle_reports(comments: Sequence[Comment]) -> int:
    """A moderator has looked at what readers said of comments. Returns how many reports that were."""
    return Report.objects.filter(comment__in=[comment.pk for comment in comments], settled=False).update(settled=True)


def _decide(comment: Comment, state: str, lesson: str, by: Any, reason: str = "") -> bool:
    settle_reports([comment])
    same = comment.state == state and comment.reason == reason
    if same or comment.state in {State.REMOVED, State.UNCONFIRMED}:
        return False
    publishing.put(comment, state, reason=reason, by=by)
    learning.teach(comment, lesson)
    _tell_service(comment)
    return True


def _tell_service(comment: Comment) -> None:
    from broadsheet.readers.comments import tasks

    if comment.taught:
        transaction.on_commit(lambda: tasks.teach_service.enqueue(comment.pk, comment.taught))
