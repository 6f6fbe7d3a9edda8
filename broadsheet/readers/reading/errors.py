"""Errors of counting what is read.

ReadingError
└── NoSuchPeriod   dates from which nothing can be exported
"""

from __future__ import annotations


class ReadingError(Exception):
    """Something about the figures that cannot be done."""


class NoSuchPeriod(ReadingError):
    """The dates are none, or in the wrong order."""

    def __init__(self, first: str, last: str) -> None:
        super().__init__(
            f"There are no days from {first!r} to {last!r}. Give two dates as 2026-05-04, the earlier first."
        )
