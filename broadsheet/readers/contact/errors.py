"""Errors of the contact forms.

ContactError
└── TooManyMessages   the sender has to wait
"""

from __future__ import annotations


class ContactError(Exception):
    """A message that cannot be taken."""


class TooManyMessages(ContactError):
    """More messages from one sender than an hour allows."""

    def __init__(self) -> None:
        super().__init__("That was a lot of messages. Please wait an hour, or write to us by e-mail.")
