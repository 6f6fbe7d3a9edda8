"""What the running processes know of each other."""

from __future__ import annotations

from django.db import models


class Heartbeat(models.Model):
    """A worker that is alive. One that has not beaten for a minute is taken for dead and its jobs are given back."""

    worker = models.CharField(max_length=64, unique=True)
    beat_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.worker} {self.beat_at:%H:%M:%S}"


class ScheduleRun(models.Model):
    """When a scheduled job was last enqueued, so that two schedulers do not both do it."""

    name = models.CharField(max_length=80, unique=True)
    last_run_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.last_run_at:%H:%M:%S}"
