"""The worker process: runs jobs, beats, keeps the schedule."""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
from typing import Any

from django.conf import settings
from django.db import DatabaseError, InterfaceError, OperationalError, close_old_connections, connection
from django_tasks.signals import task_finished
from django_tasks_db.management.commands.db_worker import Worker

from broadsheet.ops import jobs, tasks
from broadsheet.ops.errors import DatabaseGone
from broadsheet.ops.prepare import prepare
from broadsheet.ops.schedule import SCHEDULE
from broadsheet.press.cdn import courier
from broadsheet.press.mains import the_mains
from broadsheet.press.mains.answering import PAUSE_SECONDS

logger = logging.getLogger("broadsheet.ops")

BEAT_SECONDS = 5.0


def run_worker(interval: float = 0.5) -> None:
    """Work until told to stop (SIGINT or SIGTERM finish the job at hand first)."""
    wait_for_database()
    name = f"{socket.gethostname()[:40]}-{os.getpid()}"
    task_finished.connect(finished, dispatch_uid="ops.finished")
    stop = threading.Event()
    keeper = threading.Thread(target=_keep_time, args=(name, stop), name="schedule", daemon=True)
    keeper.start()
    courier.start()
    worker = Worker(
        queue_names=["*"],
        excluded_queue_names=[],
        interval=interval,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
    )
    worker.configure_signals()
    try:
        while worker.running:
            _run_until_lost(worker)
    finally:
        stop.set()


def wait_for_database() -> None:
    """Wait until the main database answers, and see that the site is prepared: it may have been started without."""
    while True:
        try:
            connection.ensure_connection()
            prepare(settings.CONFIG.name)
        except (OperationalError, DatabaseGone) as error:
            the_mains().failed(error)
            time.sleep(PAUSE_SECONDS)
        else:
            the_mains().answered()
            return


def _run_until_lost(worker: Worker) -> None:
    """Run jobs until told to stop, or until the database is lost; then wait for it."""
    try:
        worker.run()
    except (OperationalError, InterfaceError) as error:
        the_mains().failed(error)
        connection.close()
        wait_for_database()


def _keep_time(name: str, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            jobs.beat(name)
            jobs.recover()
            jobs.enqueue_due(SCHEDULE)
            the_mains().answered()
        except DatabaseError as error:
            the_mains().failed(error)
        close_old_connections()
        stop.wait(BEAT_SECONDS)


def finished(task_result: Any, **kwargs: Any) -> None:
    """Have a job that failed tried again, and a mail that is out of our hands forgotten."""
    if _is_tried_again(task_result):
        return
    if task_result.task.module_path == tasks.send_mail.module_path:
        jobs.forget_arguments(task_result.id)


def _is_tried_again(task_result: Any) -> bool:
    if task_result.status.name != "FAILED":
        return False
    error = task_result.errors[0]
    if jobs.is_pointless(error.exception_class_path):
        logger.info("%s: its subject was deleted meanwhile.", task_result.task.module_path)
        return False
    is_put_back = jobs.retry_failed(task_result.id)
    if not (is_put_back and error.exception_class_path == jobs.WAITING):  # for those the alarm has been sounded once
        logger.error("%s failed: %s", task_result.task.module_path, error.traceback)
    return is_put_back
