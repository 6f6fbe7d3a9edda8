"""A mailbox by POP3 (RFC 1939)."""

from __future__ import annotations

import poplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from broadsheet.readers.newsletters.decide.bounce_mailbox import BounceMailbox, Security
from broadsheet.readers.newsletters.errors import MailTooLarge
from broadsheet.readers.newsletters.mailing.reports import MOST_BYTES

# The library gives up the whole connection at a line of 2 KB, which anybody can send; mails are bounded by their size.
poplib._MAXLINE = MOST_BYTES  # type: ignore[attr-defined]


@contextmanager
def pop3_box(mailbox: BounceMailbox, timeout: float) -> Iterator[Pop3Box]:
    """The mailbox, open. What was removed is so when it is closed in peace; if it is lost before, all is still there.

    Raises:
        OSError: the connection.
        poplib.error_proto: the server's no.
    """
    context, at = ssl.create_default_context(), (mailbox.host, mailbox.port)
    if mailbox.security == Security.TLS:
        pop: poplib.POP3 = poplib.POP3_SSL(*at, context=context, timeout=timeout)
    else:
        pop = poplib.POP3(*at, timeout=timeout)
    try:
        if mailbox.security == Security.STARTTLS:
            pop.stls(context)
        pop.user(mailbox.user)
        pop.pass_(mailbox.password)
        yield Pop3Box(pop)
        pop.quit()
    finally:
        with suppress(OSError):  # of a line that is lost already: what broke it is what is told
            pop.close()


class Pop3Box:
    """A mailbox that is open. Mails are known by their unique ids (UIDL), which stay from one session to the next."""

    def __init__(self, pop: poplib.POP3) -> None:
        self._pop = pop
        self._sizes = {number: int(size) for number, size in _pairs(pop.list()[1])}
        self._numbers = {name: number for number, name in _pairs(pop.uidl()[1])}

    def mails(self) -> list[str]:
        return list(self._numbers)

    def read(self, name: str) -> bytes | None:
        number = self._numbers[name]
        if self._sizes.get(number, 0) > MOST_BYTES:
            raise MailTooLarge(f"Mail {name} is larger than {MOST_BYTES} bytes.")
        # RETR marks a mail as read where the mailbox has such marks; TOP with more lines than there are does not.
        lines = self._lines("top", number, MOST_BYTES) or self._lines("retr", number)
        return b"\r\n".join(lines) + b"\r\n" if lines else None

    def _lines(self, command: str, *what: int) -> list[bytes]:
        try:
            lines: list[bytes] = getattr(self._pop, command)(*what)[1]
        except poplib.error_proto as error:
            if not isinstance(error.args[0], bytes):  # the library's own words: the line is lost
                raise
            return []
        return lines

    def remove(self, name: str) -> None:
        self._pop.dele(self._numbers[name])


def _pairs(lines: list[bytes]) -> list[tuple[int, str]]:
    found = (line.decode("ascii", "replace").split(" ", 2) for line in lines)
    return [(int(words[0]), words[1]) for words in found]
