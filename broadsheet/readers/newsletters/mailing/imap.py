"""A mailbox by IMAP (RFC 9051)."""

from __future__ import annotations

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

from broadsheet.readers.newsletters.decide.bounce_mailbox import BounceMailbox, Security
from broadsheet.readers.newsletters.errors import MailTooLarge
from broadsheet.readers.newsletters.mailing.reports import MOST_BYTES


@contextmanager
def imap_box(mailbox: BounceMailbox, timeout: float) -> Iterator[ImapBox]:
    """The mailbox, open.

    Raises:
        OSError: the connection.
        imaplib.IMAP4.error: the server's no.
    """
    context, at = ssl.create_default_context(), (mailbox.host, mailbox.port)
    if mailbox.security == Security.TLS:
        imap: imaplib.IMAP4 = imaplib.IMAP4_SSL(*at, ssl_context=context, timeout=timeout)
    else:
        imap = imaplib.IMAP4(*at, timeout=timeout)
    try:
        if mailbox.security == Security.STARTTLS:
            imap.starttls(context)
        imap.login(_quoted(mailbox.user), mailbox.password)
        yield ImapBox(imap, mailbox.folder)
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            imap.logout()
        with suppress(OSError):
            imap.shutdown()  # where it was lost, logout has left it open


class ImapBox:
    """A folder that is open. Mails are known by the folder's UIDVALIDITY and their UID (RFC 9051, 2.3.1.1)."""

    def __init__(self, imap: imaplib.IMAP4, folder: str) -> None:
        self._imap = imap
        kind, words = imap.select(_quoted(folder))
        if kind != "OK":
            raise imaplib.IMAP4.error(f"There is no folder {folder}: {words}")
        self._validity = _first(imap.response("UIDVALIDITY")[1])
        # Asked again: before the login many servers name only a part.
        self._expunges_one = "UIDPLUS" in _first(imap.capability()[1]).upper().split()

    def mails(self) -> list[str]:
        # What is marked as removed is gone already, though it may lie there until somebody cleans up.
        return [f"{self._validity}.{uid}" for uid in _first(self._ask("SEARCH", "UNDELETED")).split()]

    def read(self, name: str) -> bytes | None:
        kind, data = self._imap.uid("FETCH", _uid(name), f"(BODY.PEEK[]<0.{MOST_BYTES + 1}>)")
        source = next((part[1] for part in data if isinstance(part, tuple)), None) if kind == "OK" else None
        if source is not None and len(source) > MOST_BYTES:
            raise MailTooLarge(f"Mail {name} is larger than {MOST_BYTES} bytes.")
        return source

    def remove(self, name: str) -> None:
        self._ask("STORE", _uid(name), "+FLAGS.SILENT", r"(\Deleted)")
        if self._expunges_one:  # EXPUNGE without UIDPLUS (RFC 4315) would remove what others have marked
            self._ask("EXPUNGE", _uid(name))

    def _ask(self, command: str, *what: str) -> list[Any]:
        kind, data = self._imap.uid(command, *what)
        if kind != "OK":
            raise imaplib.IMAP4.error(f"{command}: {_first(data)}")
        return data


def _uid(name: str) -> str:
    return name.partition(".")[2]


def _first(data: list[Any]) -> str:
    return bytes(data[0]).decode(errors="replace") if data and data[0] else ""


def _quoted(text: str) -> str:
    """As IMAP takes a string: imaplib quotes passwords only."""
    if re.fullmatch(r"[\w.@+/-]+", text):
        return text
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
