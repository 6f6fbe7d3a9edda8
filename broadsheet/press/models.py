"""The purge log: which surrogate keys have changed, written by the transaction that changed them."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class Purge(models.Model):
    """A key has changed. Fronts follow these rows; they are never updated."""

    key = models.CharField(max_length=120)
    at = models.DateTimeField(null=True, help_text="For a list: only leaves that show this date of it are touched.")
    reason = models.CharField(max_length=120, blank=True)
    made_at = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.key} @ {self.at:%Y-%m-%d}" if self.at else self.key
