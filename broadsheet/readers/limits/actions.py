"""Taking from an allowance."""

from __future__ import annotations

from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from broadsheet.readers.limits.models import Allowance


def take(what: str, who: str, *, most: int, per: timedelta) -> bool:
    """Whether somebody may do something once more; if so, it is counted.

    Of calls that come at the same moment, by however many workers, exactly as many pass as are left: each is one UPDATE
    that holds only while something is left, and the database lets them through one by one.

    Args:
        what: the limit's name, as ``contact``.
        who: the sender, as ``senders.hash_of`` names one.
        most: how often.
        per: within this time, counted from the first.
    """
    key, now = f"{what}:{who}", timezone.now()
    rows = Allowance.objects.filter(key=key)
    while True:
        if rows.filter(until__gt=now, used__lt=most).update(used=F("used") + 1):
            return True
        if most > 0 and rows.filter(until__lte=now).update(used=1, until=now + per):
            return True
        if most < 1 or rows.exists():
            return False
        try:
            with transaction.atomic():
                Allowance.objects.create(key=key, used=1, until=now + per)
        except IntegrityError:
            continue  # somebody else was first: ask again
        return True


def forget_old() -> int:
    """Drop what no longer counts. Returns how many."""
    return Allowance.objects.filter(until__lt=timezone.now()).delete()[0]
