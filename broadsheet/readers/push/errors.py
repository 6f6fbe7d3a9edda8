"""What can go wrong with notifications.

PushError
├── BadDevice     what a browser sent is no registration of a push service we know; carries `endpoint`
└── TooMany       one sender registers more devices than anybody has
"""

from __future__ import annotations


class PushError(Exception):
    """The root: catch this to catch everything the room raises on purpose."""


class BadDevice(PushError):
    """No registration that can be used."""

    def __init__(self, endpoint: str, reason: str) -> None:
        self.endpoint = endpoint
        super().__init__(f"This device cannot be notified: {reason}.")


class TooMany(PushError):
    """A limit is reached."""

    def __init__(self) -> None:
        super().__init__("Too many devices were registered from here: please try again in an hour.")
