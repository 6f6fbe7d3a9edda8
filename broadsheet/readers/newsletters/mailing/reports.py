"""Reports that come by mail: what could not be delivered (RFC 3464), what was called spam (RFC 5965). Pure."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, message_from_string, policy
from email.message import EmailMessage, Message
from enum import StrEnum
from typing import Any


class Kind(StrEnum):
    """What a report says."""

    BOUNCE = "bounce"
    COMPLAINT = "complaint"


@dataclass(frozen=True, kw_only=True)
class Report:
    """One report."""

    kind: Kind
    """What it says."""
    message_id: str
    """The Message-ID of the letter it speaks of."""
    status: str = ""
    """An enhanced status code (RFC 3463)."""
    words: str = ""
    """The mail server's own words, for editors."""


def read_report(source: bytes) -> Report | None:
    """The report that a mail is; None for any other mail, for a delay, and for one that names no letter."""
    message = message_from_bytes(source, policy=policy.default)
    if message.get_content_type() != "multipart/report":
        return None
    about = _returned(message)
    if not about:
        return None
    kind = str(message.get_param("report-type", "")).lower()
    if kind == "delivery-status":
        return _bounce(message, about)
    return Report(kind=Kind.COMPLAINT, message_id=about, words=_feedback(message)) if _is_abuse(message, kind) else None


def _bounce(message: EmailMessage, about: str) -> Report | None:
    for block in _blocks(message, "message/delivery-status"):
        if str(block.get("Action", "")).strip().lower() == "failed":
            words = str(block.get("Diagnostic-Code", "")).partition(";")[2].strip()
            status = str(block.get("Status", "")).split(" ")[0].strip()
            return Report(kind=Kind.BOUNCE, message_id=about, status=status, words=" ".join(words.split())[:300])
    return None


def _is_abuse(message: EmailMessage, kind: str) -> bool:
    return kind == "feedback-report" and _feedback(message) in {"abuse", "fraud", "opt-out", "other"}


def _feedback(message: EmailMessage) -> str:
    found = (str(block.get("Feedback-Type", "")) for block in _blocks(message, "message/feedback-report"))
    return next((text.strip().lower() for text in found if text), "")


def _blocks(message: EmailMessage, kind: str) -> list[Message[Any, Any]]:
    """The groups of fields of a machine-readable part."""
    for part in message.walk():
        if part.get_content_type() == kind:
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
