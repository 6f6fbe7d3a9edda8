"""Addresses of mailboxes. Pure."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

LONGEST_LOCAL_PART = 64
"""Octets (RFC 5321, section 4.5.3.1.1)."""


def mailbox(text: str) -> str | None:
    """An address as mail servers take it, with its domain in ASCII; None if it is none.

    Local parts beyond ASCII (RFC 6531) are not taken: too few servers do. Nor are names without a dot, such as
    localhost, and addresses of machines: a stranger could have mail sent to this machine's users and its neighbours.
    """
    local, _, domain = text.strip().rpartition("@")
    top = domain.rpartition(".")[2]
    if len(local) > LONGEST_LOCAL_PART or top == domain or top.strip("]").isdecimal() or domain.startswith("["):
        return None
    try:
        found = f"{local}@{domain.encode('idna').decode('ascii').lower()}"
        found.encode("ascii")
        validate_email(found)
    except (UnicodeError, ValidationError):
        return None
    return found if len(found) <= 254 else None


def key_of(address: str) -> str:
    """By which a mailbox is found: the same however it was written. Whether case counts is the server's to say
    (RFC 5321, section 2.4); none does."""
    return address.lower()
