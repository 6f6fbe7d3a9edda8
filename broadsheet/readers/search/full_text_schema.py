"""The full-text indexes over SearchEntry, which differ by database."""

from __future__ import annotations

from typing import Any

TABLE = "reader_search_searchentry"

_ROW = "new.article_id, new.title, new.standfirst, new.body"
_ADD = f"INSERT INTO {TABLE}_fts (rowid, title, standfirst, body) VALUES ({_ROW});"
_DROP = (
    f"INSERT INTO {TABLE}_fts ({TABLE}_fts, rowid, title, standfirst, body)"
    " VALUES ('delete', old.article_id, old.title, old.standfirst, old.body);"
)
SQLITE = (
    f"CREATE VIRTUAL TABLE {TABLE}_fts USING fts5(title, standfirst, body, content='{TABLE}',"
    " content_rowid='article_id', tokenize='porter unicode61 remove_diacritics 2')",
    f"CREATE TRIGGER {TABLE}_ai AFTER INSERT ON {TABLE} BEGIN {_ADD} END",
    f"CREATE TRIGGER {TABLE}_ad AFTER DELETE ON {TABLE} BEGIN {_DROP} END",
    f"CREATE TRIGGER {TABLE}_au AFTER UPDATE ON {TABLE} BEGIN {_DROP} {_ADD} END",
)

POSTGRESQL = f"""
CREATE TEXT SEARCH CONFIGURATION broadsheet_english (COPY = english);
ALTER TABLE {TABLE} ADD COLUMN words tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('broadsheet_english', title), 'A') ||
    setweight(to_tsvector('broadsheet_english', standfirst), 'B') ||
    setweight(to_tsvector('broadsheet_english', body), 'D')
) STORED;
CREATE INDEX {TABLE}_words ON {TABLE} USING gin (words);
"""


def create(apps: Any, schema_editor: Any) -> None:
    """Build the index of the database in use."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    for statement in SQLITE:
        schema_editor.execute(statement)


def drop(apps: Any, schema_editor: Any) -> None:
    """Remove what ``create`` built."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE {TABLE} DROP COLUMN words")
        schema_editor.execute("DROP TEXT SEARCH CONFIGURATION broadsheet_english")
        return
    for trigger in ("ai", "ad", "au"):
        schema_editor.execute(f"DROP TRIGGER {TABLE}_{trigger}")
    schema_editor.execute(f"DROP TABLE {TABLE}_fts")
