"""Many readers at a time, each of whom keeps a line open as browsers do."""

from __future__ import annotations

from contextlib import ExitStack, closing
from http.client import HTTPConnection

import pytest

from broadsheet.ops import processes
from tests.press.outage.asking import ask

pytestmark = pytest.mark.django_db  # has the suite's database made, of which the stock is a copy

READERS = 300


def test_lines_that_readers_keep_open_keep_nobody_out(sites):
    site = sites().start()
    with ExitStack() as lines:
        for _ in range(READERS):
            line = lines.enter_context(closing(HTTPConnection("127.0.0.1", site.port, timeout=5)))
            assert ask(line, "/news/").status == 200
        assert site.get("/", timeout=5).status == 200


@pytest.mark.parametrize(
    ("allowed", "connections"),
    [(4096, 4096 - 256), (1_048_576, 8_192), (processes.resource.RLIM_INFINITY, 8_192), (300, 256)],
)
def test_as_many_lines_are_taken_as_the_system_allows(monkeypatch, allowed, connections):
    monkeypatch.setattr(processes.resource, "getrlimit", lambda kind: (256, allowed))
    assert processes.connections() == connections
