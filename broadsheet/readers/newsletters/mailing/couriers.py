"""Handing letters over: one connection for many, and of each it is known whether the server may have got it."""

from __future__ import annotations

import smtplib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any, Protocol

from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.smtp import EmailBackend as SmtpBackend
from django.db import DatabaseError

from broadsheet.readers.newsletters.errors import Deferred, Refused, Uncertain, Unreached
from broadsheet.readers.newsletters.mailing.envelope import Letterhead, Recipient
from broadsheet.readers.newsletters.mailing.writing import Writer
from broadsheet.readers.newsletters.rendering import TOKEN

LOST = (smtplib.SMTPServerDisconnected, OSError)
RETRIED = {429, 503}
"""A provider's answers that say: later."""
OURS = {401, 402, 403}
"""A provider's answers that say: not you."""


class Courier(Protocol):
    """Hands letters over, one by one."""

    def hand(self, recipient: Recipient) -> None:
        """Hand one letter over.

        Raises:
            Handing: it was not, or perhaps not; which of its kinds says which.
        """


@contextmanager
def courier(head: Letterhead) -> Iterator[Courier]:
    """A courier for the site's mail server or provider.

    Raises:
        Unreached: there is no connection to be had.
    """
    backend = get_connection()
    try:
        backend.open()
    except (smtplib.SMTPException, OSError) as error:
        raise Unreached(str(error)) from error
    try:
        yield SmtpCourier(backend, head) if isinstance(backend, SmtpBackend) else BackendCourier(backend, head)
    finally:
        with suppress(smtplib.SMTPException, OSError):
            backend.close()


class SmtpCourier:
    """SMTP (RFC 5321): the letter is written once and goes over one connection."""

    def __init__(self, backend: SmtpBackend, head: Letterhead) -> None:
        self.backend, self.head, self.writer = backend, head, Writer(head)

    def hand(self, recipient: Recipient) -> None:
        message = self.writer.write(recipient)
        smtp = self._connection()
        try:
            smtp.ehlo_or_helo_if_needed()
            self._ask(smtp.mail(self.head.bounces_to), smtp, of_us=True)
            self._ask(smtp.rcpt(recipient.email), smtp)
            self._ask(smtp.docmd("DATA"), smtp)
        except LOST as error:
            self._hang_up()
            raise Unreached(f"The mail server was lost: {error}") from error
        try:
            # From here on the server may have it, whatever we hear.
            smtp.send(smtplib._quote_periods(message) + (b"" if message.endswith(b"\r\n") else b"\r\n") + b".\r\n")  # type: ignore[attr-defined]  # what smtplib's own data() does
            reply = smtp.getreply()
        except LOST as error:
            self._hang_up()
            raise Uncertain(f"The mail server was lost while it had the letter: {error}") from error
        self._ask(reply, smtp)

    def _connection(self) -> smtplib.SMTP:
        if self.backend.connection is None:
            try:
                self.backend.open()
            except (smtplib.SMTPException, OSError) as error:
                raise Unreached(str(error)) from error
        assert self.backend.connection is not None  # noqa: S101 (open raises, or sets it)
        return self.backend.connection

    def _ask(self, reply: tuple[int, bytes], smtp: smtplib.SMTP, *, of_us: bool = False) -> None:
        code, words = reply[0], f"{reply[0]} {reply[1].decode('utf-8', 'replace')}"
        if 200 <= code < 400:
            return
        if code in {-1, 421}:
            self._hang_up()
        else:
            with suppress(*LOST):
                smtp.rset()
        if of_us:
            raise Unreached(f"The mail server does not take mail from {self.head.bounces_to}: {words}")
        raise (Refused if 500 <= code < 600 else Deferred)(words)

    def _hang_up(self) -> None:
        if self.backend.connection is not None:
            self.backend.connection.close()
            self.backend.connection = None


class BackendCourier:
    """Any other backend of Django's, such as a provider's: a message for each reader, over one session."""

    def __init__(self, backend: Any, head: Letterhead) -> None:
        self.backend, self.head = backend, head

    def hand(self, recipient: Recipient) -> None:
        from anymail.exceptions import AnymailAPIError, AnymailRecipientsRefused

        try:
            self.backend.send_messages([self._message(recipient)])
        except AnymailRecipientsRefused as error:
            raise Refused(str(error)) from error
        except AnymailAPIError as error:
            raise _meaning(error)(str(error)[:300]) from error
        except DatabaseError as error:  # the site's own mailbox: nothing was kept
            raise Unreached(str(error)) from error
        except Exception as error:
            raise Uncertain(f"{type(error).__name__}: {error}") from error

    def _message(self, recipient: Recipient) -> EmailMultiAlternatives:
        head, token = self.head, recipient.token
        headers = {
            **head.headers,
            "List-Unsubscribe": f"<{head.leave.replace(TOKEN, token)}>",
            "Message-ID": head.message_id(recipient),
        }
        said = head.said(recipient)
        message = EmailMultiAlternatives(said.subject, said.text, head.sender, [recipient.email], headers=headers)
        message.attach_alternative(said.html, "text/html")
        message.metadata = {"message_id": head.message_id(recipient)}  # type: ignore[attr-defined]  # anymail's: comes back with its reports
        return message


def _meaning(error: Any) -> type[Deferred | Refused | Unreached | Uncertain]:
    status = getattr(getattr(error, "response", None), "status_code", None)
    if status in RETRIED:
        return Deferred
    if status in OURS:
        return Unreached
    return Refused if status is not None and 400 <= status < 500 else Uncertain
