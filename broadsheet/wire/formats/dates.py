"""Dates as feeds give them, made sane."""

from __future__ import annotations

import calendar
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

from feedparser import datetimes

#: A clock may be a little ahead, a report may not come from next week.
AHEAD = timedelta(days=1)
_EARLIEST = datetime(1900, 1, 1, tzinfo=UTC)


def read(text: object) -> datetime | None:
    """A date as ISO 8601 (RFC 3339), RFC 5322 or habit has it, in UTC; None for anything else. No zone means UTC."""
    written = str(text or "").strip()[:64]
    if not written:
        return None
    for reader in (datetime.fromisoformat, parsedate_to_datetime, _lenient):
        try:
            date = reader(written)
            return (date if date.tzinfo else date.replace(tzinfo=UTC)).astimezone(UTC)
        except (ValueError, TypeError, OverflowError, IndexError, AttributeError):
            continue
    return None


def _lenient(written: str) -> datetime:
    """Every other way of writing a date that feedparser has met in the wild."""
    moment = datetimes._parse_date(written)
    return datetime.fromtimestamp(calendar.timegm(moment), UTC)


def sane(date: datetime | None, now: datetime) -> datetime | None:
    """The date, or None when it lies more than a day ahead or before newspapers had telephones."""
    if date is None or date > now + AHEAD or date < _EARLIEST:
        return None
    return date
