"""What writers do with what is theirs: change it, delete it, take it along, have it all forgotten."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from broadsheet.readers.comments import reads
from broadsheet.readers.comments.actions import judging, learning, publishing
from broadsheet.readers.comments.decide import markdown
from broadsheet.readers.comments.errors import TooLate
from broadsheet.readers.comments.models import Ban, Comment, Commenter
from broadsheet.readers.newsletters.decide.mailboxes import key_of

State = Comment.State
FINAL = {State.REMOVED, State.REJECTED, State.SPAM}


def may_change(comment: Comment, minutes: int) -> bool:
    """Whether its writer may still change a comment: while it waits, and for some minutes after it was sent."""
    if comment.state in FINAL:
        return False
    waits = comment.state == State.WAITING
    return waits or timezone.now() - comment.created_at < timedelta(minutes=minutes)


def change(comment: Comment, text: str) -> None:
    """Write a comment anew; it is judged anew.

    Raises:
        TooLate: the time for it is over.
    """
    minutes = reads.how().edit_minutes
    if not may_change(comment, minutes):
        raise TooLate(comment.pk, minutes)
    comment.text, comment.html = text.strip(), markdown.rendered(text, settings.BASE_URL)
    comment.edited_at = timezone.now()
    judging.settle(comment)


@transaction.atomic
def remove(comment: Comment) -> None:
    """Delete a comment: its text and name go; its place stays if somebody answered."""
    learning.teach(comment, "")
    if not comment.answers.exists():
        was_shown, article = comment.is_shown, comment.article_id
        comment.delete()
        if was_shown:
            publishing.tell_press(article)
        return
    comment.text = comment.html = comment.name = ""
    comment.follow, comment.pick, comment.commenter = "", False, None
    publishing.put(comment, State.REMOVED)


@transaction.atomic
def forget(commenter: Commenter) -> None:
    """Delete a commenter and everything of theirs; answers of others keep their place."""
    for comment in Comment.objects.filter(commenter=commenter).order_by("-pk"):  # answers before what they answer
        remove(comment)
    commenter.delete()


def rename(commenter: Commenter, name: str) -> None:
    """Sign with another name from now on; what was written keeps the one it has."""
    commenter.name = name
    commenter.save(update_fields=["name"])


@transaction.atomic
def move(commenter: Commenter, email: str) -> None:
    """A commenter has another mailbox and has shown that it is theirs: what a guest wrote with it is theirs, too.

    A ban goes along.

    Args:
        commenter: the account's.
        email: the new mailbox, as ``mailboxes.mailbox`` gives it.
    """
    for ban in Ban.objects.filter(Ban.in_force(), email_key=commenter.email_key):
        values = {"until": ban.until, "reason": ban.reason, "by": ban.by}
        Ban.objects.update_or_create(email_key=key_of(email), defaults=values)
    guest = Commenter.objects.filter(email_key=key_of(email), user=None).exclude(pk=commenter.pk).first()
    if guest is not None:
        Comment.objects.filter(commenter=guest).update(commenter=commenter)
        guest.delete()
    commenter.email, commenter.email_key = email, key_of(email)
    commenter.save(update_fields=["email", "email_key"])


def stop(commenter: Commenter, article: int | None = None) -> int:
    """Mail a commenter no more of what is said below an article, or anywhere. Returns in how many places."""
    following = Comment.objects.filter(commenter=commenter).exclude(follow=Comment.Follow.NOTHING)
    return following.filter(**({"article": article} if article else {})).update(follow=Comment.Follow.NOTHING)


def exported(commenter: Commenter) -> dict[str, Any]:
    """Everything that is known of a commenter, for a JSON file."""
    return {
        "email": commenter.email,
        "name": commenter.name,
        "since": commenter.created_at.isoformat(),
        "comments": list(_exported(commenter.comments.select_related("article").order_by("pk"))),
    }


def _exported(comments: Iterable[Comment]) -> Iterable[dict[str, Any]]:
    for comment in comments:
        yield {
            "article": comment.article.title,
            "url": settings.BASE_URL + (comment.article.get_url() or "/"),
            "in answer to": comment.parent_id,
            "number": comment.pk,
            "written": comment.created_at.isoformat(),
            "published": comment.published_at.isoformat() if comment.published_at else None,
            "state": comment.get_state_display(),
            "reason": comment.reason,
            "name": comment.name,
            "text": comment.text,
        }
