"""Devices come and go."""

from __future__ import annotations

import hashlib
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from django.conf import settings

from broadsheet.readers.limits import actions as limits
from broadsheet.readers.limits import senders
from broadsheet.readers.push import decide
from broadsheet.readers.push.errors import BadDevice, TooMany
from broadsheet.readers.push.models import Device

FROM_ONE_SENDER, PER = 20, timedelta(hours=1)


def register(said: Any, *, sender: str) -> Device:
    """Have a browser notified of breaking news.

    Args:
        said: what it gives as ``PushSubscription.toJSON()``.
        sender: the IP address, of which nothing is kept but a count under a hash that changes daily.
    Raises:
        BadDevice: it is no registration.
        TooMany: the same sender has registered more than FROM_ONE_SENDER within the hour.
    """
    found = decide.registration(said, settings.PUSH_SERVICES)
    try:
        ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), decide.unpacked(found.p256dh))
    except ValueError as error:
        raise BadDevice(found.endpoint, "its public key is none") from error
    if not limits.take("push", senders.hash_of(sender), most=FROM_ONE_SENDER, per=PER):
        raise TooMany
    values = {"endpoint": found.endpoint, "p256dh": found.p256dh, "auth": found.auth, "failures": 0}
    return Device.objects.update_or_create(endpoint_hash=hash_of(found.endpoint), defaults=values)[0]


def forget(endpoint: str) -> bool:
    """Tell a browser nothing more; whoever knows its address may ask. Returns whether it was known."""
    return bool(Device.objects.filter(endpoint_hash=hash_of(endpoint)).delete()[0])


def hash_of(endpoint: str) -> str:
    """By which a device is found: addresses are too long for an index."""
    return hashlib.sha256(endpoint.encode()).hexdigest()
