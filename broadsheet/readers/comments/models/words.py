"""What the classifier has learned: in how many comments of each kind a word stood."""

from __future__ import annotations

from django.db import models


class WordCount(models.Model):
    """A word; the empty one counts the comments themselves."""

    word = models.CharField(max_length=40, unique=True)
    spam = models.PositiveIntegerField(default=0)
    good = models.PositiveIntegerField(default=0)
    last_on = models.DateField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.word}: {self.spam} spam, {self.good} good"
