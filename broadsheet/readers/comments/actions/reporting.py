"""A reader says that a comment breaks the rules."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction

from broadsheet.readers.comments import reads
from broadsheet.readers.comments.actions import publishing
from broadsheet.readers.comments.errors import TooMany
from broadsheet.readers.comments.models import Comment, Report
from broadsheet.readers.limits import actions as limits
from broadsheet.readers.limits import senders

FROM_ONE_SENDER, PER = 10, timedelta(hours=1)


def report(comment: Comment, *, why: str, text: str, sender: str) -> bool:
    """Note a reader's word; where the paper wishes it, enough of them put the comment back into the queue.

    Returns:
        Whether it is new: one reader reports a comment once a day.
    Raises:
        TooMany: the same sender has reported too many within the hour.
    """
    name = senders.hash_of(sender)
    if not limits.take("comment-reports", name, most=FROM_ONE_SENDER, per=PER):
        raise TooMany
    try:
        with transaction.atomic():
            Report.objects.create(comment=comment, why=why, text=text[:500], sender=name)
    except IntegrityError:
        return False
    most = reads.how().hide_after
    if most and comment.is_shown and Report.objects.filter(comment=comment, settled=False).count() >= most:
        publishing.put(comment, Comment.State.WAITING, signs=[*comment.signs, f"{most} readers reported it"])
    return True
