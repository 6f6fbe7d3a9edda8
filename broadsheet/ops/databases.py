"""The main database from its address: SQLite in the site's folder, or PostgreSQL."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from broadsheet.ops.errors import ConfigurationError

SQLITE_START = """
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA cache_size = -32000;
    PRAGMA mmap_size = 268435456;
    PRAGMA analysis_limit = 400;
"""


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
    }


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": 60,
        # IMMEDIATE: a transaction that will write takes the lock at once, so it waits instead of failing half-way.
        "OPTIONS": {"init_command": SQLITE_START, "transaction_mode": "IMMEDIATE", "timeout": 20},
    }
