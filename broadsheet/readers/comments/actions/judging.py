"""What becomes of a comment whose writer is known: its signs are gathered and judged."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from broadsheet.readers.comments import akismet, reads
from broadsheet.readers.comments.actions import learning, publishing
from broadsheet.readers.comments.decide import markdown, spam
from broadsheet.readers.comments.models import Ban, Comment

TRAPPED, QUICK = "a hidden field was filled in", "written within seconds"
QUICK_SECONDS = spam.QUICK
State = Comment.State


def settle(comment: Comment) -> str:
    """Judge a comment, save it, and do what follows. Returns the state it has now.

    Never called inside a transaction: a spam service may be asked, and nobody else can write meanwhile.
    """
    if (ban := _ban_of(comment)) is not None:
        reason = ban.reason or "This address may not comment here at present."
        publishing.put(comment, State.REJECTED, reason=reason, signs=["the writer is banned"])
        return comment.state
    how = reads.how()
    comment.spam = None if comment.staff else learning.likelihood(comment.text, comment.name)
    verdict = spam.judge(_signs(comment, how.most_links), how.before)
    publishing.put(comment, State(verdict.state), signs=list(verdict.signs))
    return comment.state


def _signs(comment: Comment, most_links: int) -> spam.Signs:
    mine = Comment.objects.filter(commenter=comment.commenter_id, state=State.APPROVED)
    return spam.Signs(
        trapped=TRAPPED in comment.signs,
        seconds=0.0 if QUICK in comment.signs else None,
        links=markdown.count_links(comment.text),
        most_links=most_links,
        repeated=_is_repeated(comment),
        shouted=spam.is_shouted(comment.text),
        spam=comment.spam,
        service=akismet.check(comment),
        approved_before=mine.count(),
        staff=bool(comment.staff),
    )


def _is_repeated(comment: Comment) -> bool:
    same = Comment.objects.filter(html=comment.html, created_at__gte=timezone.now() - timedelta(days=30))
    return len(comment.text) > 20 and same.exclude(pk=comment.pk).exists()


def _ban_of(comment: Comment) -> Ban | None:
    if comment.commenter is None:
        return None
    return Ban.objects.filter(Ban.in_force(), email_key=comment.commenter.email_key).first()
