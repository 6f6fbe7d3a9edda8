"""Errors of the desk.

DeskError
├── CannotFile       an item cannot become an article as asked
└── CannotPublish    an article cannot be published as it stands
"""

from __future__ import annotations


class DeskError(Exception):
    """Something an editor asked for cannot be done; the message says what to do."""


class CannotFile(DeskError):
    """The item or the section does not allow it."""


class CannotPublish(DeskError):
    """Rights, checks or permissions forbid it."""
