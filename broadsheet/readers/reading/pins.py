"""Pins in What's hot: what editors keep there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from broadsheet.newsroom.models import Article
from broadsheet.press import purge_log
from broadsheet.readers.reading.models import HotPin

HOT = "hot"
"""The surrogate key of the list of pins."""


def pin(article: Article, place: int, until: datetime | None, user: Any = None) -> HotPin:
    """Keep an article at a place of What's hot, whether it is hot or not; readers see it at once.

    Args:
        article: a published one.
        place: 1 is the first.
        until: when it leaves by itself; None for when it is taken away.
        user: who says so.
    """
    with transaction.atomic():
        values = {"place": place, "until": until, "pinned_by": user, "pinned_at": timezone.now()}
        made, _ = HotPin.objects.update_or_create(article=article, defaults=values)
        purge_log.append([(HOT, None)], reason=f"pinned in What's hot: {article.title}")
    return made


def unpin(found: HotPin) -> None:
    """Take a pin away."""
    with transaction.atomic():
        found.delete()
        purge_log.append([(HOT, None)], reason="a pin in What's hot was taken away")


def current(now: datetime | None = None) -> list[HotPin]:
    """The pins that count now, by place; of one place the one that was set first. Some may be of withdrawn articles."""
    rows = HotPin.objects.filter(Q(until=None) | Q(until__gt=now or timezone.now()))
    return list(rows.order_by("place", "pinned_at"))
