"""What moderators do. Each verb is called by the desk and by the command line alike."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from broadsheet.readers.comments.actions import learning, publishing
from broadsheet.readers.comments.models import Ban, Comment, Report

State = Comment.State
UNDONE = {State.APPROVED: State.APPROVED, State.REJECTED: State.REJECTED, State.SPAM: State.SPAM}


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
def pick(comment: Comment, on: bool) -> None:
    """Mark a comment as an editors' pick, or not any more."""
    Comment.objects.filter(pk=comment.pk).update(pick=on)
    publishing.tell_press(comment.article_id)


@transaction.atomic
def ban(comments: Iterable[Comment], by: Any, *, until: datetime | None = None, reason: str = "") -> int:
    """Refuse the writers of these comments, and reject what of theirs still waits. Returns how many are banned."""
    writers = {comment.commenter for comment in comments if comment.commenter}
    for writer in writers:
        values = {"until": until, "reason": reason, "by": by}
        Ban.objects.update_or_create(email_key=writer.email_key, defaults=values)
        reject(Comment.objects.filter(commenter=writer, state=State.WAITING), by, reason=reason)
    return len(writers)


def settle_reports(comment: Comment) -> None:
    """A moderator has looked at what readers said of a comment."""
    Report.objects.filter(comment=comment, settled=False).update(settled=True)


def _decide(comment: Comment, state: str, lesson: str, by: Any, reason: str = "") -> bool:
    settle_reports(comment)
    if comment.state in {state, State.REMOVED, State.UNCONFIRMED} and reason == comment.reason:
        return False
    if comment.state in {State.REMOVED, State.UNCONFIRMED}:
        return False
    publishing.put(comment, state, reason=reason, by=by)
    learning.teach(comment, lesson)
    _tell_service(comment)
    return True


def _tell_service(comment: Comment) -> None:
    from broadsheet.readers.comments import tasks

    if comment.taught:
        transaction.on_commit(lambda: tasks.teach_service.enqueue(comment.pk, comment.taught))
