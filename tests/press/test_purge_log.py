"""The purge log: nothing committed is missed, whatever the order of commits."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from broadsheet.press import purge_log
from broadsheet.press.edition import open_edition
from broadsheet.press.follow import follow
from broadsheet.press.models import Purge


def keys(part):
    return [row.key for row in part.rows]


def test_an_empty_edition_starts_at_the_end_of_the_log(db):
    purge_log.append([("page/1", None)])
    part = purge_log.read(None)
    assert keys(part) == []
    purge_log.append([("page/2", None)])
    assert "page/2" in keys(purge_log.read(part.cursor))


def test_rolled_back_changes_purge_nothing(db):
    start = purge_log.read(None).cursor
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        purge_log.append([("page/1", None)])
        raise ZeroDivisionError
    assert keys(purge_log.read(start)) == []


@pytest.mark.django_db(transaction=True)
def test_a_purge_is_followed_once_its_transaction_is_committed(tmp_path):
    follow()
    before = open_edition().generation()
    with transaction.atomic():
        purge_log.append([("page/1", None)])
        assert open_edition().generation() == before
    assert open_edition().generation() > before


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_transaction_that_commits_late_is_not_passed_by():
    """The row with the lower number commits after the cursor has moved past a higher one."""
    start = purge_log.read(None).cursor
    wrote, may_commit = threading.Event(), threading.Event()

    def slow_writer():
        with transaction.atomic():
            purge_log.append([("page/slow", None)])
            wrote.set()
            may_commit.wait(10)
        connection.close()

    thread = threading.Thread(target=slow_writer)
    thread.start()
    wrote.wait(10)
    purge_log.append([("page/quick", None)])
    part = purge_log.read(start)
    assert keys(part) == ["page/quick"]
    may_commit.set()
    thread.join()
    assert "page/slow" in keys(purge_log.read(part.cursor))


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_a_long_transaction_elsewhere_does_not_have_purges_applied_again_and_again():
    """While it runs, the log is read from before it; what was applied is not applied twice."""
    follow()
    wrote, may_end = threading.Event(), threading.Event()

    def long_one():
        with transaction.atomic():
            Purge.objects.create(key="page/long")
            wrote.set()
            may_end.wait(10)
        connection.close()

    thread = threading.Thread(target=long_one)
    thread.start()
    wrote.wait(10)
    purge_log.append([("page/1", None)])
    follow()
    after = open_edition().generation()
    follow()
    assert open_edition().generation() == after
    may_end.set()
    thread.join()
    follow()
    assert open_edition().generation() == after + 1


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_front_hears_of_purges_by_notification():
    import time

    from broadsheet.press.changes import ChangeWatch

    watch = ChangeWatch()
    watch.follow()
    time.sleep(0.5)
    watch.follow()
    before = open_edition().generation()
    with connection.cursor() as db:  # as another process would: no on_commit of ours
        db.execute("INSERT INTO press_purge (key, reason, made_at) VALUES ('page/1', '', now())")
        db.execute("SELECT pg_notify(%s, '')", [purge_log.CHANNEL])
    deadline = time.monotonic() + 5
    while open_edition().generation() == before and time.monotonic() < deadline:
        time.sleep(0.05)
        watch.follow()
    assert open_edition().generation() > before
