"""What a mail server's refusal means for a mailbox. Pure. Enhanced status codes: RFC 3463; reply codes: RFC 5321."""

from __future__ import annotations

import re
from enum import StrEnum

_STATUS = re.compile(r"(?<![\w.])([245])\.(\d{1,3})\.(\d{1,3})(?!\w|\.\d)")
"""Not a part of an address such as 5.1.1.20: servers name each other by those in the same line."""
NO_SUCH_MAILBOX = {(1, 1), (1, 2), (1, 3), (1, 6), (1, 10), (2, 1)}
"""Bad mailbox or domain, moved without an address, null MX, disabled: subject and detail of the status."""


class Refusal(StrEnum):
    """What it means."""

    HARD = "hard"
    """There is no such mailbox: it is not written to again."""
    SOFT = "soft"
    """It could not be delivered this time, or to us: it counts, and many of them suppress the mailbox."""


def statuses_in(text: str) -> tuple[str, ...]:
    """All enhanced status codes in a server's words, in their order."""
    return tuple(found[0] for found in _STATUS.finditer(text))


def telling(status: str, words: str) -> str:
    """Of a report's status and its server's words, the one that tells more.

    Exim reports 5.0.0 for whatever was refused for good; the server's own code then stands in its words.
    """
    return words if words and (not status or status == "5.0.0") else status


def refusal(status: str) -> Refusal:
    """What a status means. Of a permanent one only those that speak of the mailbox itself are hard.

    A server that refuses us for our content or our reputation (5.7.1) says nothing of the mailbox.

    Args:
        status: an enhanced status code such as 5.1.1, or a server's words that hold one, or begin with a reply code.
    """
    found = _STATUS.search(status)
    if found:
        is_mailbox = found[1] == "5" and (int(found[2]), int(found[3])) in NO_SUCH_MAILBOX
        return Refusal.HARD if is_mailbox else Refusal.SOFT
    return Refusal.HARD if status.strip()[:3] in {"550", "551", "553"} and "user" in status.lower() else Refusal.SOFT
