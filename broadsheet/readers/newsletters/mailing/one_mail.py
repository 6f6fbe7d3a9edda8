"""Sending one mail from a job. While the mail server is away it is tried once a minute, by whatever job comes then.

Each try of a server that hangs takes the worker twenty seconds: with one for every mail, nothing else gets its turn.
"""

from __future__ import annotations

import smtplib
import time
from contextlib import suppress

from django.core.mail import EmailMessage, get_connection

from broadsheet.press.alarm import Alarm
from broadsheet.readers.newsletters.errors import ServerAway

PAUSE_SECONDS = 60.0


class MailServer:
    """What this process knows of whether the mail server, or the provider, is there."""

    def __init__(self) -> None:
        self._alarm = Alarm("The mail server is not reached, so mail waits", "The mail server is reached again")
        self._again_at = 0.0

    def send(self, message: EmailMessage) -> None:
        """Send a message.

        Raises:
            ServerAway: nobody is reached who would take it; it is to be sent later.
            OSError: what smtplib or anymail say of this one message.
        """
        if self._alarm.since is not None and time.monotonic() < self._again_at:
            raise ServerAway(self._alarm.cause)
        message.connection = connection = get_connection()
        try:
            connection.open()
        except OSError as error:  # all that smtplib, anymail and sockets raise
            raise self._lost(error) from error
        try:
            message.send()
        except OSError as error:
            if not is_lost(error):
                raise
            raise self._lost(error, may_have_it=True) from error
        finally:
            with suppress(OSError):
                connection.close()
        self._alarm.end()

    def _lost(self, error: OSError, *, may_have_it: bool = False) -> ServerAway:
        self._again_at = time.monotonic() + PAUSE_SECONDS
        self._alarm.sound(error)
        return ServerAway(str(error), may_have_it=may_have_it)


def is_lost(error: OSError) -> bool:
    """Whether an error is about the server, not the message: the connection is gone, a provider does not answer."""
    if isinstance(error, smtplib.SMTPResponseException):
        return error.smtp_code == 421  # "service not available, closing" (RFC 5321, 4.2.3)
    if isinstance(error, smtplib.SMTPException):
        return isinstance(error, smtplib.SMTPServerDisconnected)
    return getattr(error, "response", None) is None


server = MailServer()
