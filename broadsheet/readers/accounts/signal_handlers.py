"""From an account's new mailbox, which it has confirmed, to what is known by the old one."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import email_changed

from broadsheet.readers.comments.actions import own
from broadsheet.readers.comments.models import Commenter
from broadsheet.readers.newsletters.actions import subscribing
from broadsheet.readers.newsletters.decide.mailboxes import mailbox


def connect() -> None:
    """Listen, once, when the room opens."""
    email_changed.connect(_email_changed, dispatch_uid="accounts.email_changed")


def _email_changed(user: Any, from_email_address: Any, to_email_address: Any, **kwargs: Any) -> None:
    commenter, email = Commenter.objects.filter(user=user).first(), mailbox(to_email_address.email)
    if email is None:
        return
    if commenter is not None:
        own.move(commenter, email)
    # Letters belong to a mailbox, not to whoever says that it is theirs.
    if from_email_address is not None and from_email_address.verified:
        subscribing.move(from_email_address.email, email)
