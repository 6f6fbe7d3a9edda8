"""Mails that come back, as they come."""

from __future__ import annotations

from pathlib import Path

from broadsheet.readers.newsletters.mailing.envelope import message_id
from broadsheet.readers.newsletters.models import Delivery

FORGED = "<1.1.00112233445566778899@newsletters.testserver>"
"""A Message-ID as ours are made, with a seal that is not."""


def sample(name: str, about: str) -> bytes:
    """A sample as it comes by mail, about a letter."""
    text = (Path(__file__).parent / f"{name}.eml").read_text().replace("THE-LETTERS-ID", about)
    return text.replace("\n", "\r\n").encode()


def own(delivery: Delivery) -> str:
    """The Message-ID of a letter that was sent."""
    return message_id(delivery.letter_id, delivery.pk)
