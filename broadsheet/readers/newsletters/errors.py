"""Errors of the letters.

LetterError
├── CannotSend        a letter is not in a state, or has nothing in it, to be sent
├── BadImport         a file of subscribers cannot be read at all
├── BadLink           a signed link is none of ours, or too old
├── MailboxLost       the mailbox that letters come back to is not reached, or was lost
├── MailTooLarge      a mail there is larger than any report
├── ServerAway        the mail server is not reached: one mail is to be sent later
├── TooManyRequests   one sender has sent the form too often
└── Handing           a mail server did not take a letter; says whether it may have got it all the same
    ├── Refused       it said no for good: trying again is pointless
    ├── Deferred      it said not now
    ├── Unreached     it was not reached, or was lost before it was given the letter
    └── Uncertain     it was lost while it had the letter in hand
"""

from __future__ import annotations


class LetterError(Exception):
    """Something about a letter cannot be done; the message says what to do."""


class CannotSend(LetterError):
    """The letter cannot be sent as it stands."""


class BadImport(LetterError):
    """The file is not one of subscribers."""


class BadLink(LetterError):
    """The link is not one that we signed, or its time is over."""


class MailboxLost(LetterError):
    """The mailbox that letters come back to was not reached, did not let us in, or was lost."""


class MailTooLarge(LetterError):
    """A mail is larger than any report on a letter: it is not read."""


class ServerAway(LetterError):
    """The mail server is not reached: the mail is to be sent later."""

    def __init__(self, cause: str, *, may_have_it: bool = False) -> None:
        """
        Args:
            cause: what was met.
            may_have_it: the connection was lost while the server had the mail in hand.
        """
        super().__init__(f"The mail server is not reached: {cause}")
        self.may_have_it = may_have_it


class TooManyRequests(LetterError):
    """More requests from one sender than an hour allows."""

    def __init__(self) -> None:
        super().__init__("That was a lot of requests. Please try again in an hour.")


class Handing(LetterError):
    """A letter was not handed over."""


class Refused(Handing):
    """The server will not take it (SMTP reply 5yz)."""


class Deferred(Handing):
    """The server will not take it now (SMTP reply 4yz)."""


class Unreached(Handing):
    """The connection failed before the letter was given over: nobody can have got it."""


class Uncertain(Handing):
    """The connection failed when the letter was given over: somebody may have got it."""
