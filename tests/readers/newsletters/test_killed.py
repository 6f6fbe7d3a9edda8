"""Senders killed at any moment: nobody gets a letter twice, and nobody is skipped in silence."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection, connections

from broadsheet.readers.newsletters.actions import sending
from tests.press.outage.databases import postgresql
from tests.press.outage.stock import copy_postgresql, own_server
from tests.readers.newsletters.killing.run import ordeal
from tests.readers.newsletters.killing.server import serving
from tests.readers.newsletters.killing.site import SendingSite

READERS, KILLS = 600, 10


@pytest.fixture
def place(transactional_db: None, tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder, and the address of a database of the kind this pass is about: a copy of the suite's empty one."""
    (tmp_path / "broadsheet.toml").write_text('name = "The Survivor"\n')
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(tmp_path / "broadsheet.sqlite3")) as copy:
            connection.connection.backup(copy)
        yield tmp_path, ""
        return
    with postgresql(own_server()) as url:
        connections.close_all()
        copy_postgresql(connection.settings_dict["NAME"], url)
        yield tmp_path, url


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("forgetful", [False, True], ids=["ours", "the broken twin"])
def test_a_sender_that_is_killed(place: tuple[Path, str], forgetful: bool) -> None:
    with serving() as server:
        site = SendingSite(folder=place[0], port=server.port, database_url=place[1])
        site.fill(readers=READERS, articles=2)
        found = ordeal(site, server, readers=READERS, kills=KILLS, seed=7, forgetful=forgetful)
    assert found.kills == KILLS
    if forgetful:
        assert found.twice  # the measure can tell
        return
    assert found.twice == found.skipped == ()
    assert found.letter == "sent"
    assert found.states.keys() <= {"sent", "in_doubt"} and sum(found.states.values()) == READERS
    assert found.states["sent"] >= READERS - sending.BATCH * KILLS
