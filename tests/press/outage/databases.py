"""Databases of their own for sites, and keeping one locked."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

from tests.press.peers import free_port


@contextmanager
def postgresql(url: str) -> Iterator[str]:
    """A database of its own on a server; its address."""
    import psycopg

    parts = urlsplit(url)
    name = f"{parts.path[1:]}_outage_{os.getpid()}_{free_port()}"
    with psycopg.connect(url, autocommit=True) as admin:
        admin.execute(f'CREATE DATABASE "{name}"')
        try:
            yield parts._replace(path=f"/{name}").geturl()
        finally:
            admin.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


@contextmanager
def locked(path: Path) -> Iterator[None]:
    """A SQLite file that somebody else goes on writing to."""
    with closing(sqlite3.connect(f"file:{quote(str(path))}?mode=rw", uri=True, isolation_level=None)) as db:
        db.execute("BEGIN IMMEDIATE")
        yield
        db.execute("ROLLBACK")
