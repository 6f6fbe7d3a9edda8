"""What has been used of the limits."""

from __future__ import annotations

from django.db import models


class Allowance(models.Model):
    """What one sender has used of one limit since it was first used."""

    key = models.CharField(max_length=120, unique=True)
    used = models.PositiveIntegerField()
    until = models.DateTimeField(db_index=True, help_text="From then on counting begins anew.")

    def __str__(self) -> str:
        return f"{self.key}: {self.used}"
