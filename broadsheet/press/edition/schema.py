"""The edition's tables."""

from __future__ import annotations

VERSION = 4

START = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
PRAGMA busy_timeout = 5000;
PRAGMA mmap_size = 0;
PRAGMA cache_size = -16000;
"""

# mmap_size=0: a file that somebody cuts short would end the process that has it mapped (SIGBUS).
# synchronous=NORMAL: after a power cut the edition may fall back to an earlier moment, never be torn; its cursor falls
# back with it, so the purges since are followed again.

# What is published now reaches, in a list, the leaves whose stretch is open or ends later: with the newest end first in
# its key, they are found without looking at those of the whole archive.

TABLES = """
CREATE TABLE IF NOT EXISTS leaf (
    id INTEGER PRIMARY KEY,
    path TEXT NOT NULL UNIQUE,
    status INTEGER NOT NULL,
    headers TEXT NOT NULL,
    etag TEXT NOT NULL,
    hot INTEGER NOT NULL,
    rendered_at REAL NOT NULL,
    render_ms REAL NOT NULL,
    renders INTEGER NOT NULL DEFAULT 1,
    stale_since REAL,
    stale_key TEXT NOT NULL DEFAULT '',
    expires REAL,
    retry_at REAL NOT NULL DEFAULT 0,
    error TEXT NOT NULL DEFAULT ''
);
CREATE INDEX IF NOT EXISTS leaf_stale ON leaf (hot, path) WHERE stale_since IS NOT NULL;
CREATE INDEX IF NOT EXISTS leaf_expires ON leaf (expires) WHERE expires IS NOT NULL;
CREATE TABLE IF NOT EXISTS variant (
    leaf INTEGER NOT NULL REFERENCES leaf (id) ON DELETE CASCADE,
    coding TEXT NOT NULL,
    mark TEXT NOT NULL DEFAULT '',
    body BLOB NOT NULL,
    PRIMARY KEY (leaf, coding)
);
CREATE INDEX IF NOT EXISTS variant_loose ON variant (leaf) WHERE coding = 'br' AND mark = '';
CREATE TABLE IF NOT EXISTS address (
    number INTEGER PRIMARY KEY
);
CREATE TABLE IF NOT EXISTS dependency (
    key TEXT NOT NULL,
    leaf INTEGER NOT NULL REFERENCES leaf (id) ON DELETE CASCADE,
    oldest INTEGER NOT NULL,
    newest INTEGER NOT NULL,
    PRIMARY KEY (key, newest, oldest, leaf)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS dependency_leaf ON dependency (leaf);
CREATE TABLE IF NOT EXISTS purged (
    generation INTEGER NOT NULL,
    key TEXT NOT NULL,
    oldest INTEGER NOT NULL,
    newest INTEGER NOT NULL,
    made_at REAL NOT NULL
);
CREATE INDEX IF NOT EXISTS purged_key ON purged (key, generation);
CREATE TABLE IF NOT EXISTS applied (
    id INTEGER PRIMARY KEY
);
CREATE TABLE IF NOT EXISTS claim (
    path TEXT PRIMARY KEY,
    owner TEXT NOT NULL,
    until REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS state (
    name TEXT PRIMARY KEY,
    value TEXT NOT NULL
);
"""

DROP = "".join(
    f"DROP TABLE IF EXISTS {name};"
    for name in ("dependency", "variant", "leaf", "address", "purged", "applied", "claim", "state")
)
"""An edition of another version is begun anew: it is all in the database."""
