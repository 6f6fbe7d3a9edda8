"""What the edition is asked does not walk all its leaves, however many there are: asked of SQLite's plans."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.press.edition.leaf import make_leaf, pack_tighter
from broadsheet.press.purge_log import LogPart, PurgeRow
from broadsheet.press.recorder import Dependency

NOW = datetime(2026, 11, 25, tzinfo=UTC)
LIST = "section:7"
BODY = b"<p>The council met on Monday.</p>" * 40


def kept(edition, number, *, oldest=None, newest=None, hot=True, expires=None):
    """A leaf that shows a stretch of a list."""
    leaf = make_leaf(f"/{number}/", 200, (("Content-Type", "text/html"),), BODY + str(number).encode(), expires)
    shows = [Dependency(key=LIST, oldest=oldest, newest=newest)]
    return edition.put(leaf, shows, began=edition.generation(), hot=hot, render_ms=1.0)


def walked(edition, act):
    """The steps of the edition's statements that walk a table, while something is done."""
    db, asked = edition.connection(), []
    db.set_trace_callback(asked.append)
    act()
    db.set_trace_callback(None)
    plans = [step[3] for sql in asked if sql.startswith(("SELECT", "UPDATE", "DELETE")) for step in explained(db, sql)]
    assert plans
    return [step for step in plans if step.startswith(("SCAN leaf", "SCAN variant", "SCAN dependency", "USE TEMP"))]


def explained(db, sql):
    return db.execute(f"EXPLAIN QUERY PLAN {sql}").fetchall()


@pytest.fixture
def archive(edition):
    """Pages of an archive, each with its own stretch of the list, and a front."""
    for number in range(30):
        kept(edition, number, oldest=NOW - timedelta(days=number + 2), newest=NOW - timedelta(days=number))
    kept(edition, "front", oldest=NOW - timedelta(days=3))
    return edition


def purge_of(edition, at):
    row = PurgeRow(id=int(edition.state("cursor") or 0) + 1, key=LIST, at=at)
    return LogPart(rows=(row,), cursor=row.id)


def test_a_purge_walks_nothing_and_reaches_what_shows_the_place(archive):
    assert walked(archive, lambda: archive.apply(purge_of(archive, NOW + timedelta(hours=1)))) == []
    assert archive.waiting() == ["/front/"]
    archive.apply(purge_of(archive, NOW - timedelta(days=10, hours=1)))
    assert set(archive.waiting()) == {"/front/", "/9/", "/10/"}


def test_what_is_published_now_passes_by_the_stretches_of_the_archive(archive):
    """The index begins with the key and the newest end, so closed stretches lie outside of what is looked at."""
    db = archive.connection()
    sql = "SELECT leaf FROM dependency WHERE key IN (?, 'unnamed') AND oldest <= ? AND newest >= ?"
    steps = [step[3] for step in db.execute(f"EXPLAIN QUERY PLAN {sql}", (LIST, 1, 1))]
    assert steps == ["SEARCH dependency USING PRIMARY KEY (key=? AND newest>?)"]


def test_the_hot_leaves_that_wait_are_found_by_indexes(archive):
    kept(archive, "over", expires=time.time() - 1)
    kept(archive, "cold", hot=False, expires=time.time() - 1)
    archive.apply(purge_of(archive, NOW - timedelta(days=10, hours=1)))
    found = []
    assert walked(archive, lambda: found.extend(archive.stale_hot(10))) == []
    assert found == ["/10/", "/9/", "/over/"]
    assert archive.stale_hot(2) == ["/10/", "/9/"]


def test_what_is_packed_loosely_is_found_by_an_index_hot_ones_first(archive):
    kept(archive, "cold", hot=False)
    found, soon = [], time.time() + 1
    steps = walked(archive, lambda: found.extend(archive.to_repack(soon, 100)))
    assert [step for step in steps if not step.endswith("INDEX variant_loose")] == []
    assert len(found) == 32
    assert found[-1][0] == "/cold/"
    for path, etag in found:
        archive.repack(path, etag, pack_tighter(BODY))
    assert archive.to_repack(soon, 100) == []
