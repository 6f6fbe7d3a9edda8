"""The mailbox that letters come back to: ``bounce_mailbox``, read. Pure."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import SplitResult, unquote, urlsplit

EXAMPLE = "imaps://user:password@mail.example.org/INBOX"


class Security(StrEnum):
    """How a connection is kept from others' eyes."""

    TLS = "s"
    """Encrypted from the start (RFC 8314)."""
    STARTTLS = "+tls"
    """Encrypted once connected (RFC 2595)."""
    NONE = ""
    """In the clear: on this machine alone."""


PORTS = {"imaps": 993, "imap+tls": 143, "imap": 143, "pop3s": 995, "pop3+tls": 110, "pop3": 110}


@dataclass(frozen=True, kw_only=True)
class BounceMailbox:
    """Where mail that comes back is fetched."""

    is_imap: bool
    """IMAP (RFC 9051), else POP3 (RFC 1939)."""
    security: Security
    """Of the connection."""
    host: str
    """The server."""
    port: int
    """Its port."""
    user: str
    """Who is logged in."""
    password: str = field(repr=False)
    """Shown nowhere."""
    folder: str
    """As IMAP names it; POP3 knows one."""

    @property
    def name(self) -> str:
        """Its name in the log and in the memory of what was left in it."""
        return f"{self.user}@{self.host}:{self.port}/{self.folder}"[:300]


def from_url(url: str) -> BounceMailbox:
    """The mailbox of an address that ``problem`` finds nothing wrong with."""
    parts = urlsplit(url)
    protocol = parts.scheme[:4]
    return BounceMailbox(
        is_imap=protocol == "imap",
        security=Security(parts.scheme[4:]),
        host=parts.hostname or "",
        port=parts.port or PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        folder=unquote(parts.path.strip("/")) or "INBOX",
    )


def problem(url: str) -> str:
    """What is wrong with an address, and what to write instead; empty if nothing is, or if there is none."""
    if not url:
        return ""
    parts = _parts(url)
    if parts.scheme not in PORTS:
        return f"bounce_mailbox must begin with one of {', '.join(f'{scheme}://' for scheme in sorted(PORTS))}."
    if not _is_whole(parts):
        return (
            f"bounce_mailbox must be as {EXAMPLE}, in ASCII; user and password have %40 for @, %3A for :, %2F for /, "
            "%23 for # and %3F for ?."
        )
    if parts.scheme in {"imap", "pop3"} and not _is_here(parts.hostname or ""):
        return (
            f"bounce_mailbox would send its password to {parts.hostname} in the clear: write {parts.scheme}s:// or "
            f"{parts.scheme}+tls://."
        )
    if parts.scheme.startswith("pop3") and parts.path.strip("/"):
        return "bounce_mailbox names a folder, which POP3 does not know: leave it out, or use IMAP."
    return ""


def _parts(url: str) -> SplitResult:
    try:
        return urlsplit(url)
    except ValueError:  # brackets that are no IPv6 address
        return SplitResult("", "", "", "", "")


def _is_whole(parts: SplitResult) -> bool:
    try:
        parts.port  # noqa: B018 (raises where it is no number)
    except ValueError:
        return False
    needed = [unquote(text or "") for text in (parts.username, parts.password, parts.hostname)]
    # Line breaks would be commands of their own; the libraries speak ASCII.
    said = "".join([*needed, unquote(parts.path)])
    return all(needed) and not parts.query and not parts.fragment and said.isascii() and said.isprintable()


def _is_here(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
