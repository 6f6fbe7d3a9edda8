"""Use a sound SQLite: the library that Python brings may carry the WAL-reset bug.

Versions 3.7.0 to 3.51.2 can corrupt a WAL database when a checkpoint races with a writer (fixed in 3.51.3 and,
backported, in 3.50.7 and 3.44.6; https://sqlite.org/changes.html). The ``pysqlite3`` wheel bundles a fixed one, so
where it is installed it stands in for the standard module before Django loads.
"""

from __future__ import annotations

import sys


def is_sound(version: tuple[int, int, int]) -> bool:
    """Whether this SQLite library is free of the WAL-reset bug."""
    return version >= (3, 51, 3) or (3, 50, 7) <= version < (3, 51, 0) or (3, 44, 6) <= version < (3, 45, 0)


def install() -> None:
    """Put the bundled SQLite in place of the standard library's, when that one is affected."""
    import sqlite3

    if is_sound(sqlite3.sqlite_version_info):
        return
    try:
        import pysqlite3
    except ImportError:
        return
    if not is_sound(pysqlite3.sqlite_version_info):
        return
    import pysqlite3.dbapi2

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
