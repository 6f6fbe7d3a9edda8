"""Jobs of the comments."""

from __future__ import annotations

from django_tasks import task

from broadsheet.readers.comments import akismet, links
from broadsheet.readers.comments.actions import learning, telling, writing
from broadsheet.readers.comments.errors import BadLink
from broadsheet.readers.comments.mailing import notices
from broadsheet.readers.comments.models import Comment, Commenter

SOON = 60


@task()
def send_confirmation(comment_id: int, token: str) -> None:
    """Mail a guest the link by which a comment is confirmed."""
    try:
        comment, email = links.read_confirmation(token)
    except BadLink:
        return
    if comment.pk == comment_id and comment.state == Comment.State.UNCONFIRMED:
        notices.ask(comment, email, token)


@task()
def send_own_page(commenter_id: int) -> None:
    """Mail a commenter the link to the page of their own."""
    if commenter := Commenter.objects.filter(pk=commenter_id).first():
        notices.send_own_page(commenter)


@task()
def tell(comment_id: int) -> int:
    """Mail those who want to hear of a comment."""
    queued = telling.queue_for_published(comment_id)
    return telling.send_waiting() if queued else 0


@task()
def go_on_telling() -> int:
    """Send mails that wait, as after a mail server was away."""
    return telling.send_waiting()


@task()
def teach_service(comment_id: int, kind: str) -> None:
    """Tell the spam service what a moderator decided."""
    comment = Comment.objects.select_related("article", "commenter").filter(pk=comment_id).first()
    if comment:
        akismet.teach(comment, kind)


@task()
def tidy() -> dict[str, int]:
    """Drop what nobody confirmed, and words that say nothing."""
    return {"unconfirmed": writing.forget_unconfirmed(), "words": learning.forget_rare()}
