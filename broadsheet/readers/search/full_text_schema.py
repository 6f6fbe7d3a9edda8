"""The full-text indexes over SearchEntry, which differ by database; what is in them are stems, so they cut nothing."""

from __future__ import annotations

from typing import Any

TABLE = "reader_search_searchentry"

_COLUMNS = "title, standfirst, body, marks"
_ROW = "new.article_id, new.title, new.standfirst, new.body, new.marks"
_ADD = f"INSERT INTO {TABLE}_fts (rowid, {_COLUMNS}) VALUES ({_ROW});"
_DROP = f"INSERT INTO {TABLE}_fts ({TABLE}_fts, rowid, {_COLUMNS}) VALUES ('delete', {_ROW.replace('new.', 'old.')});"
SQLITE = (
    f"CREATE VIRTUAL TABLE {TABLE}_fts USING fts5({_COLUMNS}, content='{TABLE}', content_rowid='article_id',"
    " tokenize=\"unicode61 remove_diacritics 0 tokenchars '#'\")",
    f"CREATE INDEX search_article_marks ON {TABLE} (article_id, listed_at, marks)",
    f"CREATE TRIGGER {TABLE}_ai AFTER INSERT ON {TABLE} BEGIN {_ADD} END",
    f"CREATE TRIGGER {TABLE}_ad AFTER DELETE ON {TABLE} BEGIN {_DROP} END",
    f"CREATE TRIGGER {TABLE}_au AFTER UPDATE ON {TABLE} BEGIN {_DROP} {_ADD} END",
)

# Words of the headline and the standfirst stand there again, marked (!, ?): they can be looked for alone without a
# look at the vectors themselves, which the index of a weight (A, B) would need.
POSTGRESQL = f"""
ALTER TABLE {TABLE} ADD COLUMN words tsvector GENERATED ALWAYS AS (
    to_tsvector('simple', title || ' ' || standfirst || ' ' || body) ||
    array_to_tsvector(string_to_array('!' || replace(title, ' ', ' !'), ' ')) ||
    array_to_tsvector(string_to_array('?' || replace(standfirst, ' ', ' ?'), ' ')) ||
    array_to_tsvector(string_to_array(marks, ' '))
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


def clear(apps: Any, schema_editor: Any) -> None:
    """Remove an index that has words in another form, and the entries; they are made again by ``fill_search``."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(f"ALTER TABLE {TABLE} DROP COLUMN IF EXISTS words")
        schema_editor.execute("DROP TEXT SEARCH CONFIGURATION IF EXISTS broadsheet_english")
    else:
        for trigger in ("ai", "ad", "au"):
            schema_editor.execute(f"DROP TRIGGER IF EXISTS {TABLE}_{trigger}")
        schema_editor.execute(f"DROP TABLE IF EXISTS {TABLE}_fts")
    apps.get_model("reader_search", "SearchEntry").objects.all().delete()
