"""The history's tables."""

from __future__ import annotations

VERSION = 1

START = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA busy_timeout = 5000;
PRAGMA cache_size = -8000;
"""

# synchronous=NORMAL: after a power cut the last versions may be missing, never torn. Each snapshot compares the history
# with the edition and takes on what is missing (see snapshots.py); snapshots and rollbacks themselves are synced.

TABLES = """
CREATE TABLE IF NOT EXISTS body (
    id INTEGER PRIMARY KEY,
    hash BLOB NOT NULL UNIQUE,
    base INTEGER REFERENCES body (id),
    data BLOB NOT NULL
);
CREATE INDEX IF NOT EXISTS body_base ON body (base) WHERE base IS NOT NULL;
CREATE TABLE IF NOT EXISTS head (
    id INTEGER PRIMARY KEY,
    headers TEXT NOT NULL UNIQUE
);
CREATE TABLE IF NOT EXISTS address (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    born INTEGER
);
CREATE TABLE IF NOT EXISTS version (
    address INTEGER NOT NULL REFERENCES address (id) ON DELETE CASCADE,
    at INTEGER NOT NULL,
    status INTEGER NOT NULL,
    etag TEXT NOT NULL,
    head INTEGER REFERENCES head (id),
    body INTEGER REFERENCES body (id),
    PRIMARY KEY (address, at)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS version_body ON version (body);
CREATE INDEX IF NOT EXISTS version_head ON version (head);
CREATE TABLE IF NOT EXISTS snapshot (
    name TEXT PRIMARY KEY,
    at INTEGER NOT NULL,
    who TEXT NOT NULL,
    why TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS state (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
INSERT OR IGNORE INTO state VALUES ('since', CAST((julianday('now') - 2440587.5) * 86400000000 AS INTEGER));
"""
