"""What a device's registration must be, and what a notification says. Pure."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from broadsheet.readers.push.errors import BadDevice

LONGEST_ENDPOINT = 2000
POINT, SECRET = 65, 16
"""Bytes of a P-256 point, uncompressed, and of the secret beside it (RFC 8291, 3.2)."""
MOST = 3000
"""Bytes of a notification: a push service may refuse more than 4,096 encrypted ones (RFC 8030, 7.2)."""


@dataclass(frozen=True, kw_only=True)
class Registration:
    """How a browser is reached."""

    endpoint: str
    """The push service's address for it."""
    p256dh: str
    """Its public key, base64url."""
    auth: str
    """Its secret, base64url."""


def registration(said: Any, services: Sequence[str]) -> Registration:
    """Read what a browser gives as ``PushSubscription.toJSON()``.

    Args:
        said: the JSON value.
        services: host names of push services; ".example" stands for all below it. "host:port" may be http.
    Raises:
        BadDevice: it is none, or of a service that is not known.
    """
    keys = said.get("keys") if isinstance(said, Mapping) else None
    endpoint = said.get("endpoint") if isinstance(said, Mapping) else None
    if not isinstance(endpoint, str) or not isinstance(keys, Mapping) or len(endpoint) > LONGEST_ENDPOINT:
        raise BadDevice("", "its browser sent no registration")
    if not is_service(endpoint, services):
        raise BadDevice(endpoint, "its push service is none that this paper knows")
    p256dh, auth = str(keys.get("p256dh", "")), str(keys.get("auth", ""))
    if len(unpacked(p256dh)) != POINT or len(unpacked(auth)) != SECRET:
        raise BadDevice(endpoint, "the keys in its registration are not as long as they must be")
    return Registration(endpoint=endpoint, p256dh=p256dh, auth=auth)


def is_service(endpoint: str, services: Sequence[str]) -> bool:
    """Whether an address is a push service's: others are not to be reached through us."""
    try:
        parts = urlsplit(endpoint)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return False
    if not endpoint.isascii() or not endpoint.isprintable() or "@" in parts.netloc:
        return False
    if f"{host}:{port}" in services:
        return parts.scheme in {"http", "https"}
    named = any(host == name or (name.startswith(".") and host.endswith(name)) for name in services)
    return parts.scheme == "https" and port in {None, 443} and named


def unpacked(text: str) -> bytes:
    """Bytes from base64url, with or without padding; none if it is not that."""
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return b""


def topic_of(article: int) -> str:
    """The name by which a push service replaces an older notification of the same news (RFC 8030, 5.4)."""
    return f"article-{article}"


def message(*, paper: str, headline: str, path: str, article: int, icon: str) -> bytes:
    """What the device shows, as JSON; cut to what a push service takes."""
    said = {"title": paper[:80], "body": headline[:300], "url": path, "tag": topic_of(article), "icon": icon}
    return json.dumps(said, ensure_ascii=False).encode()[:MOST]
