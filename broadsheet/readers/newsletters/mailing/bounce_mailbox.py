"""The mailbox that letters come back to, opened: its mails are listed, read and removed, by IMAP or POP3."""

from __future__ import annotations

import imaplib
import poplib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from broadsheet.readers.newsletters.decide.bounce_mailbox import BounceMailbox
from broadsheet.readers.newsletters.errors import MailboxLost
from broadsheet.readers.newsletters.mailing.imap import imap_box
from broadsheet.readers.newsletters.mailing.pop3 import pop3_box

LOST = (OSError, imaplib.IMAP4.error, poplib.error_proto)


class Box(Protocol):
    """A mailbox that is open."""

    def mails(self) -> list[str]:
        """What lies in it: a name for each mail that stays its own, oldest first."""

    def read(self, name: str) -> bytes | None:
        """A whole mail, which stays unread; None if the server does not give it.

        Raises:
            MailTooLarge: it is larger than any report.
        """

    def remove(self, name: str) -> None:
        """Remove a mail."""


@contextmanager
def opened(mailbox: BounceMailbox, timeout: float) -> Iterator[Box]:
    """Open a mailbox.

    Args:
        mailbox: where it is.
        timeout: seconds that each answer may take.
    Raises:
        MailboxLost: it is not reached, does not let us in, or was lost meanwhile.
    """
    try:
        with (imap_box if mailbox.is_imap else pop3_box)(mailbox, timeout) as box:
            yield box
    except LOST as error:
        raise MailboxLost(f"{mailbox.name}: {_words(error)}") from error


def _words(error: Exception) -> str:
    said = error.args[0] if error.args else ""
    return said.decode(errors="replace") if isinstance(said, bytes) else str(error) or type(error).__name__
