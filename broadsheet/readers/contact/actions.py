"""Taking in a reader's message."""

from __future__ import annotations

from datetime import timedelta

from broadsheet.readers.contact.errors import TooManyMessages
from broadsheet.readers.contact.models import Message
from broadsheet.readers.limits import actions as limits
from broadsheet.readers.limits import senders

MOST_AN_HOUR = 5


def receive(message: Message, address: str) -> Message:
    """Put a message into the editors' queue.

    Args:
        message: as filled in; not saved yet.
        address: the sender's IP address, of which only a hash that changes daily is kept.
    Raises:
        TooManyMessages: the same sender wrote more than MOST_AN_HOUR within the hour.
    """
    message.sender = senders.hash_of(address)
    if not limits.take("contact", message.sender, most=MOST_AN_HOUR, per=timedelta(hours=1)):
        raise TooManyMessages
    message.save()
    return message
