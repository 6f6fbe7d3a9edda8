"""Addresses of mailboxes. Pure."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import validate_email


def mailbox(text: str) -> str | None:
    """An address as mail servers take it, with its domain in ASCII; None if it is none.

    Local parts beyond ASCII (RFC 6531) are not taken: too few servers do.
    """
    local, _, domain = text.strip().rpartition("@")
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
