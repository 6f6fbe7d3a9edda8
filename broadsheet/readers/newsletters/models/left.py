"""Mails that were left in the mailbox that letters come back to."""

from __future__ import annotations

from django.db import models
from django.utils import timezone


class LeftMail(models.Model):
    """A mail that is no report on a letter: it lies where it lay, and is not fetched again as long as it does."""

    mailbox = models.CharField(max_length=300)
    name = models.CharField(max_length=150)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["mailbox", "name"], name="left_once")]

    def __str__(self) -> str:
        return f"{self.name} in {self.mailbox}"
