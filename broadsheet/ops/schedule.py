"""What runs by itself, and how often."""

from __future__ import annotations

from datetime import timedelta

from broadsheet.desk import tasks as desk
from broadsheet.ops import tasks as ops
from broadsheet.ops.jobs import Scheduled
from broadsheet.press import tasks as press
from broadsheet.readers.comments import tasks as comments
from broadsheet.readers.newsletters import tasks as newsletters
from broadsheet.readers.push import tasks as push
from broadsheet.readers.reading import tasks as reading
from broadsheet.readers.search import tasks as search
from broadsheet.wire import tasks as wire

SCHEDULE = (
    Scheduled(task=wire.poll_due, every=timedelta(seconds=15)),
    Scheduled(task=desk.publish_due, every=timedelta(seconds=15)),
    Scheduled(task=newsletters.keep_time, every=timedelta(seconds=15)),
    Scheduled(task=newsletters.collect_returned, every=timedelta(minutes=5)),
    Scheduled(task=push.go_on, every=timedelta(seconds=15)),
    Scheduled(task=comments.go_on_telling, every=timedelta(minutes=1)),
    Scheduled(task=search.forget_terms, every=timedelta(days=1)),
    Scheduled(task=comments.tidy, every=timedelta(days=1)),
    Scheduled(task=reading.rank, every=timedelta(minutes=1)),
    Scheduled(task=reading.roll_up, every=timedelta(minutes=5)),
    Scheduled(task=press.print_stale, every=timedelta(seconds=30)),
    Scheduled(task=press.repack, every=timedelta(minutes=1)),
    Scheduled(task=press.prune_purge_log, every=timedelta(days=1)),
    Scheduled(task=press.prune_history, every=timedelta(days=1)),
    Scheduled(task=ops.tidy, every=timedelta(hours=6)),
)
