"""The full-text indexes over SearchEntry, which differ by database; what is in them are stems, so they cut nothing."""

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
    " content_rowid='article_id', tokenize='unicode61 remove_diacritics 0')",
    f"CREATE TRIGGER {TABLE}_ai AFTER INSERT ON {TABLE} BEGIN {_ADD} END",
    f"CREATE TRIGGER {TABLE}_ad AFTER DELETE ON {TABLE} BEGIN {_DROP} END",
    f"CREATE TRIGGER {TABLE}_au AFTER UPDATE ON {TABLE} BEGIN {_DROP} {_ADD} END",
)

POSTGRESQL = f"""
ALTER TABLE {TABLE} ADD COLUMN words tsvector GENERATED ALWAYS AS (
    setweight(to_tsvector('simple', title), 'A') ||
    setweight(to_tsvector('simple', standfirst), 'B') ||
    setweight(to_tsvector('simple', body), 'D')
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
        return
    for trigger in ("ai", "ad", "au"):
        schema_editor.execute(f"DROP TRIGGER {TABLE}_{trigger}")
    schema_editor.execute(f"DROP TABLE {TABLE}_fts")


def build_anew(apps: Any, schema_editor: Any) -> None:
    """Empty the index, which had words in another form, and build it as it is now; ``refill`` fills it."""
    drop(apps, schema_editor)
    apps.get_model("reader_search", "SearchEntry").objects.all().delete()
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP TEXT SEARCH CONFIGURATION IF EXISTS broadsheet_english")
    create(apps, schema_editor)
