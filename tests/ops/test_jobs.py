"""What the worker adds: retries with back-off, a dead worker's jobs, a schedule that two workers share."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from broadsheet.ops import jobs, tasks, worker
from broadsheet.ops.models import Heartbeat

NOW = timezone.now()


@task()
def nothing() -> None:
    """Does nothing."""


@pytest.fixture
def _queued(settings, db):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": []}}


def make_job(status, workers, started=None):
    return DBTaskResult.objects.create(
        status=status,
        worker_ids=workers,
        started_at=started,
        args_kwargs={"args": [], "kwargs": {}},
        task_path="tests.ops.test_jobs.nothing",
        backend_name="default",
        run_after=NOW,
        exception_class_path="",
        traceback="",
    )


def test_a_failed_job_is_tried_again_later_and_later_and_then_left(db):
    job, now = make_job("FAILED", ["w"]), timezone.now()
    assert jobs.retry_failed(str(job.pk))
    job.refresh_from_db()
    assert job.status == "READY"
    assert timedelta(seconds=5) < job.run_after - now < timedelta(seconds=60)
    assert jobs.pause_before(4) > jobs.pause_before(3) > jobs.pause_before(2)
    gone = make_job("FAILED", ["w"])
    DBTaskResult.objects.filter(pk=gone.pk).update(
        exception_class_path="broadsheet.newsroom.models.Article.DoesNotExist"
    )
    assert not jobs.retry_failed(str(gone.pk))
    spent = make_job("FAILED", ["w"] * jobs.ATTEMPTS)
    assert not jobs.retry_failed(str(spent.pk))


def test_a_job_that_only_waits_for_the_mail_server_is_put_back_every_minute_for_half_a_day(db):
    for age, is_put_back in ((timedelta(hours=11), True), (timedelta(hours=13), False)):
        job, now = make_job("FAILED", ["w"] * 3 * jobs.ATTEMPTS), timezone.now()
        DBTaskResult.objects.filter(pk=job.pk).update(exception_class_path=jobs.WAITING, enqueued_at=now - age)
        assert jobs.retry_failed(str(job.pk)) is is_put_back
        job.refresh_from_db()
        assert (job.status == "READY") is is_put_back
        assert not is_put_back or timedelta(seconds=50) < job.run_after - now < timedelta(seconds=90)


@pytest.mark.usefixtures("_queued")
def test_a_mail_that_is_given_up_is_told_of_and_forgotten(caplog):
    job = make_job("FAILED", ["w"])
    long_ago = timezone.now() - timedelta(hours=13)
    mail = {"args": [], "kwargs": {"body": "Your code: 7 2"}}
    rows = DBTaskResult.objects.filter(pk=job.pk)
    rows.update(
        exception_class_path=jobs.WAITING, enqueued_at=long_ago, task_path=tasks.send_mail.module_path,
        args_kwargs=mail, traceback="ServerAway: not reached",
    )  # fmt: skip
    worker.finished(rows.get().task_result)
    assert rows.get().status == "FAILED" and "Your code" not in str(rows.get().args_kwargs)
    assert "send_mail failed: ServerAway" in caplog.text
    rows.update(enqueued_at=timezone.now(), args_kwargs=mail)
    caplog.clear()
    worker.finished(rows.get().task_result)
    assert rows.get().status == "READY" and rows.get().args_kwargs == mail and caplog.text == ""


def test_a_dead_workers_job_is_given_back_and_a_living_ones_is_not(db):
    long_ago = NOW - timedelta(minutes=10)
    lost, held = make_job("RUNNING", ["dead"], long_ago), make_job("RUNNING", ["alive"], long_ago)
    Heartbeat.objects.create(worker="dead", beat_at=long_ago)
    jobs.beat("alive")
    assert jobs.recover() == 1
    lost.refresh_from_db()
    held.refresh_from_db()
    assert (lost.status, held.status) == ("READY", "RUNNING")


def test_two_schedulers_do_a_job_once(_queued):
    schedule = [jobs.Scheduled(task=nothing, every=timedelta(minutes=1))]
    assert len(jobs.enqueue_due(schedule, NOW)) == 1
    assert jobs.enqueue_due(schedule, NOW) == []
    assert jobs.enqueue_due(schedule, NOW + timedelta(seconds=30)) == []
    assert len(jobs.enqueue_due(schedule, NOW + timedelta(seconds=61))) == 1
    assert DBTaskResult.objects.count() == 2


def test_everything_on_the_schedule_is_a_job():
    from broadsheet.ops.schedule import SCHEDULE

    assert {job.name.rpartition(".")[2] for job in SCHEDULE} >= {"poll_due", "publish_due", "print_stale"}
