"""Mail of a web process is sent by the worker: a mail server that hangs must not hold up whoever asks for a page.

Sign-in codes, the desk's passwords and notices, test letters: what Django, Wagtail and allauth send from a view.
"""

from __future__ import annotations

from collections.abc import Sequence
from email.utils import make_msgid
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend

from broadsheet.ops import mail, tasks
from broadsheet.press.mains import waiting_for_others

BACKEND = f"{__name__}.ByWorker"
SERVERLESS = frozenset(mail.PLAIN.values())
"""Backends that wait for nobody."""
SOON = 80
"""Of jobs: somebody sits before a form that asks for the code."""


def hand_over() -> None:
    """Have this process's mail sent by the worker, unless no server is needed for it."""
    if settings.EMAIL_BACKEND not in SERVERLESS:
        settings.EMAIL_BACKEND = BACKEND


class ByWorker(BaseEmailBackend):
    """Puts messages into the queue of jobs."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Hand messages over; returns how many. The worker tries again if the mail server does not take one."""
        wanted = [message for message in email_messages if message.recipients()]
        for message in wanted:
            if message.attachments:
                self._send_now(message)
            else:
                tasks.send_mail.using(priority=SOON).enqueue(**parts_of(message))
        return len(wanted)

    def _send_now(self, message: EmailMessage) -> None:
        """A file does not go through the queue of jobs."""
        with waiting_for_others():
            get_connection(settings.EMAIL_SENDER, fail_silently=self.fail_silently).send_messages([message])


def parts_of(message: EmailMessage) -> dict[str, Any]:
    """A message without files as a job's arguments."""
    headers = {name: str(value) for name, value in message.extra_headers.items()}
    if "message-id" not in map(str.lower, headers):  # one that goes twice is the same to whoever gets it
        headers["Message-ID"] = make_msgid(domain=urlsplit(settings.BASE_URL).hostname)
    return {
        "subject": str(message.subject),
        "body": str(message.body),
        "subtype": message.content_subtype,
        "sender": message.from_email,
        "to": [str(address) for address in message.to],
        "cc": [str(address) for address in message.cc],
        "bcc": [str(address) for address in message.bcc],
        "reply_to": [str(address) for address in message.reply_to],
        "headers": headers,
        "alternatives": [[str(content), str(kind)] for content, kind in getattr(message, "alternatives", [])],
    }
