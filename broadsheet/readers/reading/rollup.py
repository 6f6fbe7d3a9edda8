"""Gathering older views into wider buckets, and dropping what is kept only for a while."""

from __future__ import annotations

import time

from django.db import connection, transaction

from broadsheet.readers.reading.actions import take_turn
from broadsheet.readers.reading.decide import DAY, FOLD_SECONDS, HOUR, WEEK
from broadsheet.readers.reading.models import Folded, Grain, Origin, Salt, SpoolMark, Tally

STEPS = (
    (Grain.MINUTE, Grain.HOUR, HOUR, 4 * HOUR),
    (Grain.HOUR, Grain.DAY, DAY, 3 * DAY),
    (Grain.DAY, Grain.WEEK, WEEK, 400 * DAY),
)
"""From which grain to which, how wide the wider one is, and from which age on, in seconds."""
ORIGINS_KEPT = 92 * DAY
MARKS_KEPT = 30 * DAY
COUNTS = [field.attname for field in Tally._meta.concrete_fields if field.name not in {"id", "article", "grain", "at"}]


def roll_up(now: int | None = None) -> int:
    """Do it. Returns how many buckets were gathered into others; every view stands in exactly one before and after.

    Args:
        now: Unix time; the clock's.
    """
    now = now or int(time.time())
    gathered = 0
    for narrow, wide, span, age in STEPS:
        end = now - age
        with transaction.atomic():
            take_turn()
            gathered += _gather(narrow, wide, span, end - end % span)
    Folded.objects.filter(at__lt=now - FOLD_SECONDS).delete()
    Salt.objects.filter(day__lt=now // DAY).delete()
    Origin.objects.filter(at__lt=now - ORIGINS_KEPT).delete()
    SpoolMark.objects.filter(at__lt=now - MARKS_KEPT).delete()
    return gathered


def _gather(narrow: Grain, wide: Grain, span: int, before: int) -> int:
    table = Tally._meta.db_table
    sums = ", ".join(f"SUM({column})" for column in COUNTS)
    gains = ", ".join(f"{column} = {table}.{column} + excluded.{column}" for column in COUNTS)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (article_id, grain, at, {', '.join(COUNTS)}) "
            f"SELECT article_id, {wide.value}, at - at %% {span}, {sums} FROM {table} "
            f"WHERE grain = {narrow.value} AND at < %s GROUP BY article_id, at - at %% {span} "
            f"ON CONFLICT (article_id, grain, at) DO UPDATE SET {gains}",
            [before],
        )
        cursor.execute(f"DELETE FROM {table} WHERE grain = {narrow.value} AND at < %s", [before])
        return int(cursor.rowcount)
