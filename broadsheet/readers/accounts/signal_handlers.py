"""From an account's new mailbox, which it has confirmed, to what is known by the old one."""

from __future__ import annotations

from typing import Any

from allauth.account.signals import email_changed

from broadsheet.readers.comments.actions import own
from broadsheet.readers.comments.models import Commenter
from broadsheet.readers.newsletters.decide.mailboxes import mailbox


def connect() -> None:
    """Listen, once, when the room opens."""
    email_changed.connect(_email_changed, dispatch_uid="accounts.email_changed")


def _email_changed(user: Any, to_email_address: Any, **kwargs: Any) -> None:
    commenter, email = Commenter.objects.filter(user=user).first(), mailbox(to_email_address.email)
    if commenter is not None and email is not None:
        own.move(commenter, email)
