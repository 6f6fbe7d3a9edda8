"""What the task library leaves open: trying again with back-off, giving back the jobs of a dead worker, a schedule."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone
from django_tasks.base import Task
from django_tasks_db.models import DBTaskResult

from broadsheet.ops.models import Heartbeat, ScheduleRun
from broadsheet.readers.newsletters.errors import ServerAway

logger = logging.getLogger("broadsheet.ops")

ATTEMPTS = 5
FIRST_PAUSE = timedelta(seconds=10)
WAITING = f"{ServerAway.__module__}.{ServerAway.__qualname__}"
"""A failure that says nothing of the job: it is done a minute later, for half a day."""
WAIT, LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=12)
DEAD_AFTER = timedelta(seconds=60)
KEEP_RESULTS = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class Scheduled:
    """A job that is done again and again."""

    task: Task[Any, Any]
    """What is enqueued."""
    every: timedelta
    """How often."""

    @property
    def name(self) -> str:
        """Its name in the log and the database."""
        return str(self.task.module_path)


def pause_before(attempt: int) -> timedelta:
    """How long to wait before an attempt, counted from 2: 10 s, 40 s, 160 s, ..."""
    return FIRST_PAUSE * 4 ** (attempt - 2)


def retry_failed(result_id: str) -> bool:
    """Put a failed job back in the queue, later each time, until ATTEMPTS are spent. Returns whether it was.

    One that only waits for the mail server is put back every minute for half a day.
    """
    row = DBTaskResult.objects.filter(pk=result_id, status="FAILED").first()
    pause = _pause(row) if row else None
    if row is None or pause is None:
        return False
    row.status, row.run_after = "READY", timezone.now() + pause
    row.save(update_fields=["status", "run_after"])
    if row.exception_class_path != WAITING:
        logger.warning("%s failed (attempt %s); trying again at %s", row.task_path, len(row.worker_ids), row.run_after)
    return True


def _pause(row: Any) -> timedelta | None:
    """How long a failed job waits for its next attempt; None if there is none."""
    if row.exception_class_path == WAITING:
        return WAIT if timezone.now() - row.enqueued_at < LONGEST_WAIT else None
    if len(row.worker_ids) >= ATTEMPTS or is_pointless(row.exception_class_path):
        return None
    return pause_before(len(row.worker_ids) + 1)


def forget_arguments(result_id: str) -> None:
    """Keep of a finished job only that it was done: a mail may hold a code or a link that opens an account."""
    DBTaskResult.objects.filter(pk=result_id).update(args_kwargs={"args": [], "kwargs": {}})


def is_pointless(exception: str) -> bool:
    """Whether trying again cannot help: what the job was about has been deleted meanwhile."""
    return exception.endswith(".DoesNotExist")


def beat(worker: str) -> None:
    """Say that a worker is alive."""
    Heartbeat.objects.update_or_create(worker=worker, defaults={"beat_at": timezone.now()})


def recover() -> int:
    """Give back the jobs of workers that died. Returns how many."""
    long_ago = timezone.now() - DEAD_AFTER
    alive = set(Heartbeat.objects.filter(beat_at__gte=long_ago).values_list("worker", flat=True))
    lost = [
        row
        for row in DBTaskResult.objects.filter(status="RUNNING", started_at__lt=long_ago)
        if not row.worker_ids or row.worker_ids[-1] not in alive
    ]
    for row in lost:
        DBTaskResult.objects.filter(pk=row.pk, status="RUNNING").update(status="READY")
        logger.warning("%s was left by a worker that died; it is done again.", row.task_path)
    Heartbeat.objects.filter(beat_at__lt=long_ago - DEAD_AFTER).delete()
    return len(lost)


def enqueue_due(schedule: Sequence[Scheduled], now: datetime | None = None) -> list[str]:
    """Enqueue the scheduled jobs whose time has come; of several schedulers only one does each. Returns their names."""
    now = now or timezone.now()
    done = []
    for job in schedule:
        if _take(job, now):
            job.task.enqueue()
            done.append(job.name)
    return done


def drop_old_results() -> int:
    """Forget finished jobs after a week. Returns how many."""
    return DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - KEEP_RESULTS).delete()[0]


def _take(job: Scheduled, now: datetime) -> bool:
    taken = ScheduleRun.objects.filter(name=job.name, last_run_at__lte=now - job.every).update(last_run_at=now)
    if taken or ScheduleRun.objects.filter(name=job.name).exists():
        return bool(taken)
    try:
        with transaction.atomic():
            ScheduleRun.objects.create(name=job.name, last_run_at=now)
    except IntegrityError:
        return False
    return True
