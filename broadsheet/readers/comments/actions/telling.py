"""Mails that tell of answers: a row for each, committed before the mail server hears of it, so nobody is told twice."""

from __future__ import annotations

import logging

from django.db import transaction

from broadsheet.readers.comments.mailing import notices
from broadsheet.readers.comments.models import Ban, Comment, Notice
from broadsheet.readers.newsletters.errors import ServerAway
from broadsheet.readers.newsletters.models import Suppression

logger = logging.getLogger("broadsheet.comments")
AT_ONCE = 50
State = Notice.State


def queue(comment: Comment) -> int:
    """Queue a mail for everybody who wants to hear of a comment. Returns for how many."""
    followers = Comment.objects.filter(
        article=comment.article_id, state=Comment.State.APPROVED, commenter__isnull=False
    )
    everything = followers.filter(follow=Comment.Follow.ALL)
    answered = followers.filter(follow=Comment.Follow.ANSWERS, pk=comment.parent_id or 0)
    wanted = {pk for found in (everything, answered) for pk in found.values_list("commenter", flat=True)}
    wanted.discard(comment.commenter_id)
    rows = [Notice(comment=comment, to_id=pk) for pk in sorted(pk for pk in wanted if pk)]
    Notice.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def send_waiting() -> int:
    """Send what is queued. Returns how many were handed over."""
    sent = 0
    for pk in list(Notice.objects.filter(state=State.QUEUED).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        if Notice.objects.filter(pk=pk, state=State.QUEUED).update(state=State.SENDING):
            sent += _send(Notice.objects.select_related("comment__article", "comment__parent", "to").get(pk=pk))
    return sent


def _send(notice: Notice) -> bool:
    """Send one that is marked as being sent. A server that surely has not got it leaves it in the queue."""
    if not _is_wanted(notice):
        Notice.objects.filter(pk=notice.pk).update(state=State.DROPPED)
        return False
    try:
        notices.send(notice)
    except (ServerAway, OSError) as error:
        if isinstance(error, ServerAway) and not error.may_have_it:
            Notice.objects.filter(pk=notice.pk).update(state=State.QUEUED)
            return False
        logger.warning("Whether the mail of notice %s arrived is not known; it is not sent again: %s", notice.pk, error)
        return False
    Notice.objects.filter(pk=notice.pk).update(state=State.SENT)
    return True


def _is_wanted(notice: Notice) -> bool:
    """Whether its reader has not stopped meanwhile, can be written to, and the comment still stands."""
    comment = notice.comment
    follows = Comment.objects.filter(commenter=notice.to, article=comment.article_id).exclude(follow="")
    closed = Suppression.objects.filter(email_key=notice.to.email_key).exists()
    banned = Ban.objects.filter(Ban.in_force(), email_key=notice.to.email_key).exists()
    return comment.is_shown and comment.article.live and follows.exists() and not closed and not banned


def queue_for_published(pk: int) -> int:
    """Queue the mails of a comment that was just published, if it still is."""
    with transaction.atomic():
        comment = Comment.objects.filter(pk=pk, state=Comment.State.APPROVED).first()
        return queue(comment) if comment else 0
