"""The mail backend of a site that was told of no mail server."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.message import EmailMessage, sanitize_address
from django.db import transaction

from broadsheet.desk.mailbox.models import KeptMail

KEPT = 2000
"""So many mails are kept, the newest."""


class MailboxBackend(BaseEmailBackend):
    """Keeps each mail in a table, where the desk's mailbox shows it."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep messages; returns how many."""
        kept = [_kept(message) for message in email_messages if message.recipients()]
        with transaction.atomic():
            KeptMail.objects.bulk_create(kept)
            newest = KeptMail.objects.order_by("-pk").values_list("pk", flat=True)
            oldest_kept = next(iter(newest[KEPT - 1 : KEPT]), 0)
            KeptMail.objects.filter(pk__lt=oldest_kept).delete()
        return len(kept)


def _kept(message: EmailMessage) -> KeptMail:
    encoding = message.encoding or "utf-8"
    addresses = [sanitize_address(address, encoding) for address in message.recipients()]
    source: Any = message.message()
    return KeptMail(
        recipients=", ".join(addresses),
        sender=message.from_email[:320],
        subject=str(message.subject)[:400],
        source=source.as_bytes(linesep="\r\n"),
    )
