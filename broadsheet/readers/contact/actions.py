"""Taking in a reader's message."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta

from django.conf import settings
from django.utils import timezone

from broadsheet.readers.contact.errors import TooManyMessages
from broadsheet.readers.contact.models import Message

MOST_AN_HOUR = 5


def receive(message: Message, address: str) -> Message:
    """Put a message into the editors' queue.

    Args:
        message: as filled in; not saved yet.
        address: the sender's IP address, of which only a hash that changes daily is kept.
    Raises:
        TooManyMessages: the same sender wrote more than MOST_AN_HOUR within the hour.
    """
    message.sender = sender_hash(address)
    recent = Message.objects.filter(sender=message.sender, created_at__gte=timezone.now() - timedelta(hours=1))
    if recent.count() >= MOST_AN_HOUR:
        raise TooManyMessages
    message.save()
    return message


def sender_hash(address: str) -> str:
    """A name for a sender that means nothing tomorrow and cannot be turned back into the address."""
    salt = f"{settings.SECRET_KEY}{timezone.localdate():%Y-%m-%d}".encode()
    return hmac.new(salt, address.encode(), hashlib.sha256).hexdigest()
