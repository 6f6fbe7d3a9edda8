"""Who sends something, without keeping who it is."""

from __future__ import annotations

import hashlib
import hmac
from ipaddress import ip_address

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone


def hash_of(address: str) -> str:
    """A name for a sender that means nothing tomorrow and cannot be turned back into the address."""
    salt = f"{settings.SECRET_KEY}{timezone.localdate():%Y-%m-%d}".encode()
    return hmac.new(salt, address.encode(), hashlib.sha256).hexdigest()


def address_of(request: HttpRequest) -> str:
    """The sender's IP address: the one that connects, or the last one that a proxy of our own network has seen.

    What a sender claims in ``X-Forwarded-For`` counts for nothing: only its last entry is the proxy's own word, and
    only a peer on this machine or a private network is taken for a proxy.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    forwarded = str(request.META.get("HTTP_X_FORWARDED_FOR", "")).rpartition(",")[2].strip()
    return forwarded if _is_near(peer) and _is_address(forwarded) else peer


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _is_near(text: str) -> bool:
    return _is_address(text) and (ip_address(text).is_loopback or ip_address(text).is_private)
