"""Writing down what was read."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from django.db import connection, transaction

from broadsheet.newsroom.models import Article
from broadsheet.readers.reading import decide, events, upserts
from broadsheet.readers.reading.decide import Batch, Seen
from broadsheet.readers.reading.events import Event
from broadsheet.readers.reading.models import Folded, Grain, Origin, Salt, SpoolMark, Tally
from broadsheet.readers.reading.origins import GROUPS

TURN = 0x5EADE5
"""The name of PostgreSQL's lock by which all who count take turns; SQLite's writers do so anyway."""
HOSTS_AN_HOUR = 500
"""Hosts that are told apart; what comes beyond them is counted by its group: made-up hosts do not fill the table."""


def count(spool: str, position: int, data: bytes) -> int:
    """Count a part of a spool, once.

    Args:
        spool: its name.
        position: where in it the part begins, in bytes.
        data: whole lines.
    Returns:
        How far the spool has been counted. Anywhere else than behind the part if it was counted before, as after a
        commit whose answer was lost.
    """
    found = list(events.read(data))
    with transaction.atomic():
        take_turn()
        mark = position_of(spool)
        if mark != position:
            return mark
        batch = decide.gather(found, _seen(found), _published(found))
        _add(batch)
        end = position + len(data)
        upserts.put(SpoolMark, ["name"], [{"name": spool, "position": end, "at": int(time.time())}])
    return end


def position_of(spool: str) -> int:
    """How far a spool has been counted."""
    return SpoolMark.objects.filter(name=spool).values_list("position", flat=True).first() or 0


def forget(spool: str) -> None:
    """A spool's file is gone: its mark is not needed any more."""
    SpoolMark.objects.filter(name=spool).delete()


def salt_of(day: int, proposed: str) -> str:
    """The site's salt of a day: that of whoever needs one first; those of days before are dropped.

    Args:
        day: days since 1970, in UTC.
        proposed: what it shall be if there is none yet.
    """
    with transaction.atomic():
        Salt.objects.filter(day__lt=day).delete()
        return Salt.objects.get_or_create(day=day, defaults={"value": proposed})[0].value


def take_turn() -> None:
    """Inside a transaction: wait until nobody else counts."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [TURN])


def _seen(found: Sequence[Event]) -> Mapping[int, Seen]:
    where, keys = upserts.chosen(list({event.key for event in found}))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT key, at, quarter FROM {Folded._meta.db_table} WHERE key {where}", [keys])
        return {key: Seen(at=at, quarter=quarter) for key, at, quarter in cursor.fetchall()}


def _published(found: Sequence[Event]) -> set[int]:
    where, ids = upserts.chosen(list({event.article for event in found}))
    table = Article._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT page_ptr_id FROM {table} JOIN wagtailcore_page ON id = page_ptr_id "
            f"WHERE live AND page_ptr_id {where}",
            [ids],
        )
        return {article for (article,) in cursor.fetchall()}


def _add(batch: Batch) -> None:
    rows = [
        {
            "article_id": article,
            "grain": Grain.MINUTE.value,
            "at": at,
            "views": sums.views,
            **{group: sums.groups.get(group, 0) for group in GROUPS},
            **{f"quarter_{number}": reached for number, reached in enumerate(sums.quarters, 1)},
        }
        # In one order everywhere, and beside each other in the index.
        for (article, at), sums in sorted(batch.tallies.items(), key=lambda entry: entry[0])
    ]
    upserts.add(Tally, ["article_id", "grain", "at"], rows)
    _add_origins(batch.origins)
    seen = sorted(batch.seen.items())
    upserts.put(Folded, ["key"], [{"key": key, "at": view.at, "quarter": view.quarter} for key, view in seen])


def _add_origins(views: Mapping[tuple[int, str, str], int]) -> None:
    named = {place for place in views if place[2]}
    hours = {at for at, _, _ in named}
    known = set(Origin.objects.filter(at__in=hours).exclude(host="").values_list("at", "kind", "host"))
    room = {hour: HOSTS_AN_HOUR - sum(at == hour for at, _, _ in known) for hour in hours}
    kept: dict[tuple[int, str, str], int] = {}
    for (at, group, host), number in views.items():
        place = (at, group, host)
        if host and place not in known:
            room[at] -= 1
            place = place if room[at] >= 0 else (at, group, "")
        kept[place] = kept.get(place, 0) + number
    rows = [
        {"at": at, "kind": group, "host": host, "views": number} for (at, group, host), number in sorted(kept.items())
    ]
    upserts.add(Origin, ["at", "kind", "host"], rows)
