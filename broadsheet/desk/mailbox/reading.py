"""A kept mail taken apart, as a mail program shows it. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage

ONE_CLICK = "List-Unsubscribe=One-Click"
"""What a mail program posts (RFC 8058, section 3.1)."""
_ADDRESS = re.compile(r"<(https?://[^<>\s]+)>")


@dataclass(frozen=True, kw_only=True)
class Opened:
    """What a reader sees of a mail."""

    headers: tuple[tuple[str, str], ...]
    """All headers, decoded, in their order."""
    text: str
    """The plain part; empty if there is none."""
    html: str
    """The HTML part as it came; empty if there is none."""
    unsubscribe: str
    """Where a mail program's own “Unsubscribe” button would post to; empty if it would show none."""


def opened(source: bytes) -> Opened:
    """Take a message apart."""
    message = message_from_bytes(source, policy=policy.default)
    headers = tuple((name, str(value)) for name, value in message.items())
    return Opened(
        headers=headers,
        text=_part(message, "plain"),
        html=_part(message, "html"),
        unsubscribe=one_click({name.lower(): value for name, value in headers}),
    )


def one_click(headers: Mapping[str, str]) -> str:
    """The address for a one-click unsubscription (RFC 8058) that headers, named in lower case, offer; else nothing."""
    if headers.get("list-unsubscribe-post", "").replace(" ", "") != ONE_CLICK:
        return ""
    found = _ADDRESS.search(headers.get("list-unsubscribe", ""))
    return found[1] if found else ""


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body((kind,))
    return str(part.get_content()) if part is not None else ""
