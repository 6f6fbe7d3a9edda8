"""One site's side of ``measure``: does the case that is named on a line, and answers with what it cost."""

from __future__ import annotations

import json
import sys
import time
from typing import Any

import django
import wagtail
from django.db import connection

from bench.archive.cases import Cases
from bench.archive.world import World


def serve(world: World) -> int:
    """Answer until the input ends."""
    cases = Cases(world)
    python, framework = sys.version.split()[0], f"Django {django.__version__}, Wagtail {wagtail.__version__}"
    versions = f"seed {world.seed}, Python {python}, {framework}, {_database()}"
    _say({"articles": world.articles, "names": list(cases.all), "versions": versions})
    for line in sys.stdin:
        act = cases.all[line.strip()]()
        counter = _Counter()
        with connection.execute_wrapper(counter):
            began, work = time.perf_counter(), time.process_time()
            act()
            took, worked = time.perf_counter() - began, time.process_time() - work
        _say({"ms": took * 1000, "cpu": worked * 1000, "queries": counter.number})
    return 0


class _Counter:
    def __init__(self) -> None:
        self.number = 0

    def __call__(self, execute: Any, sql: Any, params: Any, many: Any, context: Any) -> Any:
        self.number += 1
        return execute(sql, params, many, context)


def _database() -> str:
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        from django.db.backends.sqlite3.base import Database

        return f"SQLite {Database.sqlite_version}"
    return f"PostgreSQL {connection.pg_version // 10000}"


def _say(answer: dict[str, Any]) -> None:
    print(json.dumps(answer), flush=True)
