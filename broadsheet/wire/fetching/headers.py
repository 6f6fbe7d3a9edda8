"""Reading headers that say when to come back."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

#: Nobody may send us away for longer than this by one header.
LONGEST = 7 * 86_400.0


def retry_after(headers: Mapping[str, str], now: datetime) -> float | None:
    """Seconds the site asks us to wait (Retry-After, RFC 9110, 10.2.3), at most a week; None when it says nothing.

    Args: headers with names in lower case; now, for the form that gives a date.
    """
    value = headers.get("retry-after", "").strip()
    if not value:
        return None
    if value.isascii() and value.isdigit():
        return min(float(value[:12]), LONGEST)
    try:
        date = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):
        return None
    date = date if date.tzinfo else date.replace(tzinfo=UTC)
    return min(max((date - now).total_seconds(), 0.0), LONGEST)


def max_age(headers: Mapping[str, str]) -> float | None:
    """Seconds the answer calls itself fresh (Cache-Control: max-age, RFC 9111, 5.2.2.1), or None."""
    for directive in headers.get("cache-control", "").split(","):
        name, _, value = directive.strip().partition("=")
        value = value.strip('" ')
        if name.lower() == "max-age" and value.isascii() and value.isdigit():
            return min(float(value[:12]), LONGEST)
    return None
