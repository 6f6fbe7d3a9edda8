"""Formatting for the desk's screens."""

from __future__ import annotations

from datetime import datetime, timedelta

from django import template
from django.utils import timezone
from django.utils.dateformat import format as date_format

register = template.Library()


@register.filter
def clock(moment: datetime | None) -> str:
    """A time as a news desk reads it: 14:03 today, “Tue 14:03” within the week, else “3 Nov 14:03” or with the year."""
    if moment is None:
        return ""
    local, now = timezone.localtime(moment), timezone.localtime()
    if local.date() == now.date():
        return date_format(local, "H:i")
    if abs(now - local) < timedelta(days=6):
        return date_format(local, "D H:i")
    return date_format(local, "j M H:i" if local.year == now.year else "j M Y")


@register.filter
def phrases(lines: str) -> str:
    """Lines as quoted phrases, of which any counts; the first five."""
    found = [f"“{line.strip()}”" for line in lines.splitlines() if line.strip()]
    return " or ".join(found[:5]) + (" or …" if len(found) > 5 else "")
