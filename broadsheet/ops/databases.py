"""The main database from its address: SQLite in the site's folder, or PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from broadsheet.ops.errors import ConfigurationError, DatabaseGone

SQLITE_START = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA cache_size = -32000;
    PRAGMA mmap_size = 268435456;
    PRAGMA analysis_limit = 400;
"""
POSTGRESQL_LINE = {
    "connect_timeout": 3,
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 15_000,
}
"""A server that has gone without a word is noticed within half a minute."""
STATEMENT_SECONDS, LOCK_SECONDS = 30, 5
"""Longest that a web process waits for one statement, and for somebody else's lock."""


def from_url(url: str, site: Path) -> dict[str, Any]:
    """Django's DATABASES entry for an address.

    Args:
        url: ``postgresql://user:password@host:port/name`` (host may be empty for the socket), or "" for SQLite.
        site: the folder that holds the SQLite file.
    Raises:
        ConfigurationError: another scheme, or no database name.
    """
    if not url:
        return _sqlite(site / "broadsheet.sqlite3")
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or len(parts.path) < 2:
        raise ConfigurationError(f"database_url must look like postgresql://user:password@host/name, not {url!r}.")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path[1:]),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": parts.hostname or "",
        "PORT": str(parts.port or ""),
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": dict(POSTGRESQL_LINE),
    }


def answer_in_time(database: dict[str, Any]) -> None:
    """Have the database of a web process give up what takes too long: somebody waits for the answer.

    Args:
        database: the entry of ``from_url``; it is changed.
    """
    options = database["OPTIONS"]
    if database["ENGINE"].endswith("sqlite3"):
        options["timeout"] = LOCK_SECONDS
        return
    limits = {"statement_timeout": STATEMENT_SECONDS * 1000, "lock_timeout": LOCK_SECONDS * 1000}
    options["options"] = " ".join(f"-c {name}={value}" for name, value in limits.items())


def bring_into_being(database: dict[str, Any], edition: Path) -> None:
    """Make SQLite's file for a new site.

    Args:
        database: the entry of ``from_url``.
        edition: the site's edition; if there is one, there has been a database.
    Raises:
        DatabaseGone: the file is missing although the site is not new.
    """
    path = Path(database["NAME"])
    if not database["ENGINE"].endswith("sqlite3") or path.exists():
        return
    if edition.exists():
        raise DatabaseGone(
            f"{path} is missing, though the paper has been printed. Put it back; to begin anew, remove {edition} too."
        )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            # Never made by being opened: an empty file in the place of one that has gone would take its log with it.
            "database": f"file:{quote(str(path))}?mode=rw",
            "init_command": SQLITE_START,
            # A transaction that will write takes the lock at once, so it waits instead of failing half-way.
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
        },
    }
