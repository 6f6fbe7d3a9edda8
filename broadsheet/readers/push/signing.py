"""Saying that a notification is ours (VAPID, RFC 8292), and that only its device can read it (RFC 8291)."""

from __future__ import annotations

import time
from email.utils import parseaddr
from functools import lru_cache
from urllib.parse import urlsplit

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings
from py_vapid import Vapid02

from broadsheet.readers.push.decide import Registration, unpacked
from broadsheet.readers.push.models import SigningKey

GOOD_FOR = 12 * 3600
"""Seconds: a service may refuse more than 24 hours (RFC 8292, 2)."""
RENEWED_EACH = 3600


def public_key() -> str:
    """What browsers register with, base64url."""
    return SigningKey.objects.values_list("public", flat=True).order_by("pk")[0]


class Signer:
    """Signs for each push service; made once for a slice of sending."""

    def __init__(self) -> None:
        self._key = SigningKey.objects.order_by("pk")[0].private_pem.encode()

    def headers(self, endpoint: str) -> dict[str, str]:
        """The header that says who sends."""
        parts = urlsplit(endpoint)
        return _signed(self._key, f"{parts.scheme}://{parts.netloc}", int(time.time()) // RENEWED_EACH)


@lru_cache(maxsize=64)
def _signed(key: bytes, audience: str, hour: int) -> dict[str, str]:
    https = settings.BASE_URL.startswith("https:")
    contact = settings.BASE_URL if https else f"mailto:{parseaddr(settings.DEFAULT_FROM_EMAIL)[1]}"
    claims = {"aud": audience, "sub": contact, "exp": hour * RENEWED_EACH + GOOD_FOR}
    vapid = Vapid02.from_pem(key)
    vapid.conf["no-strict"] = True  # a site on localhost has no address that the library takes for one
    return dict(vapid.sign(claims))


def sealed(message: bytes, to: Registration) -> bytes:
    """A message that only the device can open (aes128gcm, RFC 8188).

    Raises:
        ValueError: its public key is no point of the curve.
    """
    return http_ece.encrypt(
        message,
        private_key=ec.generate_private_key(ec.SECP256R1()),
        dh=unpacked(to.p256dh),
        auth_secret=unpacked(to.auth),
        version="aes128gcm",
    )
