"""Taking in a comment: from a guest, whose mailbox is asked, or from somebody who has signed in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from broadsheet.newsroom.models import Article
from broadsheet.readers.comments import links, reads
from broadsheet.readers.comments.actions import judging
from broadsheet.readers.comments.decide import markdown, threads
from broadsheet.readers.comments.errors import Closed, NoSuchParent, TooMany
from broadsheet.readers.comments.models import Comment, Commenter
from broadsheet.readers.limits import actions as limits
from broadsheet.readers.limits import senders
from broadsheet.readers.newsletters.decide.mailboxes import key_of

FROM_ONE_SENDER, FROM_ONE_MAILBOX, PER = 15, 10, timedelta(hours=1)


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A comment as a form brings it."""

    article: Article
    """Below which it is to stand."""
    text: str
    """As written."""
    name: str
    """Signed with."""
    email: str
    """The writer's mailbox, as ``mailboxes.mailbox`` gives it."""
    parent: int | None = None
    """The comment that is answered."""
    follow: str = ""
    """A value of Comment.Follow."""
    sender: str = ""
    """The IP address, of which nothing is kept but a hash that changes daily."""
    trapped: bool = False
    """Whether a field that people do not see was filled in."""
    seconds: float | None = None
    """Since the form was opened."""


def take(draft: Draft, *, confirmed: Commenter | None = None, staff: str = "") -> Comment:
    """Take in a comment. A guest's waits for the confirmation that is mailed to them.

    Args:
        draft: what was sent.
        confirmed: the writer, when who it is has been shown already.
        staff: how the newsroom's own is marked.
    Raises:
        Closed: no comments are taken here.
        NoSuchParent: what it answers is gone.
        TooMany: the same sender, or the same mailbox, has written too many within the hour.
    """
    if not reads.is_open(draft.article) and not staff:
        raise Closed(draft.article.pk)
    parent = _parent(draft)
    sender = senders.hash_of(draft.sender) if draft.sender else ""
    if not staff:
        _ensure_few(sender, key_of(draft.email))
    comment = Comment(
        article=draft.article,
        commenter=confirmed,
        name=" ".join(draft.name.split())[:60],
        text=draft.text.strip(),
        html=markdown.rendered(draft.text, settings.BASE_URL),
        follow=draft.follow,
        sender=sender,
        staff=staff,
    )
    if parent:
        comment.depth, comment.parent_id = threads.place_below(parent.depth, parent.pk, parent.parent_id)
        comment.root_id = parent.root_id or parent.pk
    comment.signs = [sign for sign, holds in _first_signs(draft).items() if holds]
    comment.save()
    if confirmed:
        judging.settle(comment)
    else:
        _ask(comment, draft.email)
    return comment


def confirm(comment: Comment, email: str) -> Commenter:
    """The writer has shown that the mailbox is theirs: the comment goes its way. A second time changes nothing."""
    values = {"email": email, "name": comment.name}
    if comment.state != Comment.State.UNCONFIRMED:
        return Commenter.objects.get_or_create(email_key=key_of(email), defaults=values)[0]
    with transaction.atomic():
        commenter, _ = Commenter.objects.update_or_create(
            email_key=key_of(email), defaults={"name": comment.name}, create_defaults=values
        )
        Comment.objects.filter(pk=comment.pk, state=Comment.State.UNCONFIRMED).update(commenter=commenter)
    comment.commenter = commenter
    judging.settle(comment)
    return commenter


def forget_unconfirmed() -> int:
    """Drop comments that nobody confirmed in time. Returns how many."""
    before = timezone.now() - links.CONFIRM_WITHIN
    return Comment.objects.filter(state=Comment.State.UNCONFIRMED, created_at__lt=before).delete()[0]


def _parent(draft: Draft) -> Comment | None:
    if draft.parent is None:
        return None
    found = Comment.objects.filter(pk=draft.parent, article=draft.article, state=Comment.State.APPROVED).first()
    if found is None:
        raise NoSuchParent(draft.article.pk)
    return found


def _ensure_few(sender: str, mailbox: str) -> None:
    by_sender = not sender or limits.take("comments", sender, most=FROM_ONE_SENDER, per=PER)
    if not by_sender or not limits.take("comments-by", senders.hash_of(mailbox), most=FROM_ONE_MAILBOX, per=PER):
        raise TooMany


def _first_signs(draft: Draft) -> dict[str, bool]:
    return {
        judging.TRAPPED: draft.trapped,
        judging.QUICK: draft.seconds is not None and draft.seconds < judging.QUICK_SECONDS,
    }


def _ask(comment: Comment, email: str) -> None:
    from broadsheet.readers.comments import tasks

    if judging.TRAPPED not in comment.signs:  # a program is not written to
        tasks.send_confirmation.using(priority=tasks.SOON).enqueue(comment.pk, links.confirmation_of(comment.pk, email))
