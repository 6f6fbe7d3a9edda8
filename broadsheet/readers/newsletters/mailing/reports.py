"""Reports that come by mail: what could not be delivered (RFC 3464), what was called spam (RFC 5965). Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_bytes, message_from_string, policy
from email.message import EmailMessage, Message
from email.utils import parseaddr
from enum import StrEnum
from typing import Any

from broadsheet.readers.newsletters.decide.refusals import statuses_in, telling
from broadsheet.readers.newsletters.decide.selection import one_line

MAIL_SYSTEMS = {"mailer-daemon", "postmaster"}
"""Local parts that mail servers write from. A reader's own reply, out of the office or not, comes from none of them."""
_RETURNED_ID = re.compile(r"^[> \t]*Message-ID:\s*(<[^<>\s]{1,200}>)", re.IGNORECASE | re.MULTILINE)
MOST_BYTES = 2 * 1024 * 1024
"""Of a mail that is read: a report brings a letter back, which mail programs cut off at a twentieth of this."""
MOST_WORDS = 300


class Kind(StrEnum):
    """What a report says."""

    BOUNCE = "bounce"
    DELAY = "delay"
    COMPLAINT = "complaint"


@dataclass(frozen=True, kw_only=True)
class Report:
    """One report."""

    kind: Kind
    """What it says."""
    message_id: str
    """The Message-ID of the letter it speaks of."""
    status: str = ""
    """An enhanced status code (RFC 3463), or the server's words where they tell more."""
    words: str = ""
    """The mail server's own words, for editors."""


def read_report(source: bytes) -> Report | None:
    """The report that a mail is; None for any other mail, and for one that names no letter.

    Args:
        source: the whole mail, from whomever: nothing it holds is taken for true, the Message-ID least of all.
    """
    try:
        return _read(message_from_bytes(source, policy=policy.default))
    except Exception:  # headers, charsets and nesting can break the library in more ways than it names: it is no report
        return None


def _read(message: EmailMessage) -> Report | None:
    if message.get_content_type() != "multipart/report":
        return _plain_bounce(message)
    about = _returned(message)
    kind = str(message.get_param("report-type", "")).lower()
    if not about:
        return None
    if kind == "delivery-status":
        return _bounce(message, about)
    return Report(kind=Kind.COMPLAINT, message_id=about, words=_feedback(message)) if _is_abuse(message, kind) else None


def _bounce(message: EmailMessage, about: str) -> Report | None:
    blocks = {str(block.get("Action", "")).strip().lower(): block for block in _blocks(message, "delivery-status")}
    failed = blocks.get("failed")
    if failed is None:
        return Report(kind=Kind.DELAY, message_id=about) if "delayed" in blocks else None
    words = one_line(str(failed.get("Diagnostic-Code", "")).partition(";")[2], MOST_WORDS)
    status = one_line(str(failed.get("Status", "")), MOST_WORDS).split(" ")[0]
    return Report(kind=Kind.BOUNCE, message_id=about, status=telling(status, words), words=words)


def _is_abuse(message: EmailMessage, kind: str) -> bool:
    return kind == "feedback-report" and _feedback(message) in {"abuse", "fraud", "opt-out", "other"}


def _feedback(message: EmailMessage) -> str:
    found = (str(block.get("Feedback-Type", "")) for block in _blocks(message, "feedback-report"))
    return next((text.strip().lower() for text in found if text), "")


def _blocks(message: EmailMessage, kind: str) -> list[Message[Any, Any]]:
    """The groups of fields of a machine-readable part."""
    for part in message.walk():
        if part.get_content_type() == f"message/{kind}":
            payload: Any = part.get_payload()
            return payload if isinstance(payload, list) else [message_from_string(str(payload))]
    return []


def _returned(message: EmailMessage) -> str:
    """The Message-ID of the mail that came back, whole or its headers alone."""
    for part in message.walk():
        payload: Any = part.get_payload()
        if part.get_content_type() == "message/rfc822" and isinstance(payload, list):
            return str(payload[0].get("Message-ID", "")).strip()
        if part.get_content_type() == "text/rfc822-headers":
            return str(message_from_string(part.get_content()).get("Message-ID", "")).strip()
    return ""


def _plain_bounce(message: EmailMessage) -> Report | None:
    """A bounce in words, as qmail and old gateways write.

    It must come from a mail server, bring the letter's headers back, and hold codes of failures for good and no others:
    what failed for now and what failed at last cannot be told apart in words.
    """
    if not _is_of_a_mail_system(message):
        return None
    text = _text(message)
    headers = _RETURNED_ID.search(text)
    about = headers[1] if headers else _returned(message)
    said = text[: headers.start()] if headers else text
    statuses = statuses_in(said)
    if not about or not statuses or any(status[0] != "5" for status in statuses):
        return None
    words = next(line for line in said.splitlines() if statuses[0] in line)
    return Report(kind=Kind.BOUNCE, message_id=about, status=statuses[0], words=one_line(words, MOST_WORDS))


def _is_of_a_mail_system(message: EmailMessage) -> bool:
    local = parseaddr(str(message.get("From", "")))[1].partition("@")[0]
    return local.lower() in MAIL_SYSTEMS or "X-Failed-Recipients" in message


def _text(message: EmailMessage) -> str:
    plain = (part for part in message.walk() if part.get_content_type() == "text/plain")
    first = next(plain, None)
    return str(first.get_content()) if first is not None else ""
