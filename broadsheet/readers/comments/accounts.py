"""Who has signed in, as a commenter; and who of them is the newsroom."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from broadsheet.newsroom.models import Article
from broadsheet.readers.accounts.adapter import works_at_the_desk
from broadsheet.readers.comments.models import Commenter
from broadsheet.readers.newsletters.decide.mailboxes import key_of, mailbox

AUTHOR, EDITOR = "Author", "Editor"


def writer_of(request: HttpRequest) -> Commenter | None:
    """The commenter behind a session whose mailbox is confirmed; None for a guest."""
    user: Any = request.user
    email = mailbox(user.email) if user.is_authenticated and user.is_active else None
    if email is None:
        return None
    if (known := Commenter.objects.filter(user=user).first()) is not None:
        return known
    if not works_at_the_desk(user) and not is_confirmed(user, email):
        return None
    values = {"email": email, "name": user.get_full_name() or user.get_username(), "user": user}
    commenter, new = Commenter.objects.get_or_create(email_key=key_of(email), defaults=values)
    if new:
        return commenter
    # What somebody at the desk wrote into their own account is no proof that an older commenter's mailbox is theirs.
    mine = is_confirmed(user, email) and Commenter.objects.filter(pk=commenter.pk, user=None).update(user=user)
    return commenter if mine else None


def mark_of(request: HttpRequest, article: Article) -> str:
    """How what somebody writes is marked: as its author's, as an editor's, or not at all."""
    user: Any = request.user
    if not user.is_authenticated or not works_at_the_desk(user):
        return ""
    emails = {key_of(byline.person.email) for byline in article.bylines.select_related("person") if byline.person.email}
    return AUTHOR if user.email and key_of(user.email) in emails else EDITOR


def is_confirmed(user: object, email: str) -> bool:
    """Whether an account has shown that a mailbox is its own."""
    from allauth.account.models import EmailAddress

    return bool(EmailAddress.objects.filter(user=user, email__iexact=email, verified=True).exists())
