"""Signed links: a commenter's own pages, the confirmation of a comment."""

from __future__ import annotations

import time
from datetime import timedelta

from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from broadsheet.readers.comments.errors import BadLink
from broadsheet.readers.comments.models import Comment, Commenter

CONFIRM_SALT, WRITER_SALT, OPENED_SALT = "comments.confirm", "comments.writer", "comments.opened"
CONFIRM_WITHIN = timedelta(days=7)


def confirmation_of(comment: int, email: str) -> str:
    """The token by which the writer shows that the mailbox is theirs."""
    return signing.dumps([comment, email], salt=CONFIRM_SALT)


def read_confirmation(token: str) -> tuple[Comment, str]:
    """The comment and the mailbox that a token was made for.

    Raises:
        BadLink: it is none of ours, too old, or the comment is gone.
    """
    try:
        number, email = signing.loads(token, salt=CONFIRM_SALT, max_age=CONFIRM_WITHIN)
    except signing.BadSignature as error:
        raise BadLink from error
    comment = Comment.objects.select_related("article", "commenter").filter(pk=number).first()
    if comment is None:
        raise BadLink
    return comment, str(email)


def token_of(commenter: Commenter) -> str:
    """The token of a commenter's own pages. It stays good as long as they are known."""
    seal = salted_hmac(WRITER_SALT, f"{commenter.pk}:{commenter.key}", algorithm="sha256").hexdigest()[:32]
    return f"{commenter.pk}-{seal}"


def commenter_of(token: str) -> Commenter:
    """Whose it is.

    Raises:
        BadLink: nobody's.
    """
    number = token.partition("-")[0]
    known = number.isascii() and number.isdecimal() and len(number) < 19
    found = Commenter.objects.filter(pk=int(number)).first() if known else None
    if found is None or not constant_time_compare(token, token_of(found)):
        raise BadLink
    return found


def opened_now() -> str:
    """A mark of the moment in which a form was opened."""
    return signing.TimestampSigner(salt=OPENED_SALT).sign("form")


def seconds_since(mark: str) -> float | None:
    """How long ago a form was opened; None if it does not say, or says nothing of ours."""
    try:
        signing.TimestampSigner(salt=OPENED_SALT).unsign(mark)
    except signing.BadSignature:
        return None
    return time.time() - signing.b62_decode(mark.split(":")[-2])
