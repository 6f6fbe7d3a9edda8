"""The full-text indexes over SearchEntry, which differ by database; what is in them are stems, so they cut nothing."""

from __future__ import annotations

from typing import Any

TABLE = "reader_search_searchentry"
PAIRING = "with_pairs"
"""The name of ``pairs.with_pairs`` on connections to SQLite."""

_COLUMNS = "title, standfirst, body, marks"
_TEXTS = ", ".join(f"{PAIRING}(new.{name})" for name in ("title", "standfirst", "body"))
_ADD = f"INSERT INTO {TABLE}_fts (rowid, {_COLUMNS}) VALUES (new.article_id, {_TEXTS}, new.marks);"
_DROP = f"DELETE FROM {TABLE}_fts WHERE rowid = old.article_id;"
# Words are cut at spaces alone: the tokenizer of ASCII takes every other letter as it is.
SQLITE = (
    f"CREATE VIRTUAL TABLE {TABLE}_fts USING fts5({_COLUMNS}, content='', contentless_delete=1,"
    " tokenize=\"ascii tokenchars '#+_'\")",
    f"CREATE INDEX IF NOT EXISTS search_article_marks ON {TABLE} (article_id, listed_at, marks)",
    f"CREATE TRIGGER {TABLE}_ai AFTER INSERT ON {TABLE} BEGIN {_ADD} END",
    f"CREATE TRIGGER {TABLE}_ad AFTER DELETE ON {TABLE} BEGIN {_DROP} END",
    f"CREATE TRIGGER {TABLE}_au AFTER UPDATE ON {TABLE} BEGIN {_DROP} {_ADD} END",
)

TEXTS_AS_THEY_ARE = f"ALTER TABLE {TABLE} ALTER body SET STORAGE external"
# Pairs are kept as ``pairs.bucket`` of them. What is long is stored elsewhere: hits are read from a narrow table, with
# their headlines and standfirsts, by which they are ranked, and a bitmap of many stays exact. A text is not compressed:
# to unpack it took twice as long as to look through it.
POSTGRESQL = f"""
CREATE OR REPLACE FUNCTION search_tokens(stems text) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT coalesce(array_agg(token), '{{}}') FROM string_to_array(stems, ' ') AS words, LATERAL (
        SELECT word FROM unnest(words) AS word WHERE word <> ''
        UNION ALL
        SELECT '+' || left(md5(one || ' ' || other), 5)
        FROM unnest(words[:cardinality(words) - 1], words[2:]) AS pair(one, other)
    ) AS tokens(token)
$$;
ALTER TABLE {TABLE} ADD COLUMN words tsvector GENERATED ALWAYS AS (array_to_tsvector(
    search_tokens(title) || search_tokens(standfirst) || search_tokens(body) || string_to_array(marks, ' ')
)) STORED;
ALTER TABLE {TABLE} SET (toast_tuple_target = 256);
ALTER TABLE {TABLE} ALTER title SET STORAGE main, ALTER standfirst SET STORAGE main, ALTER marks SET STORAGE main;
{TEXTS_AS_THEY_ARE};
CREATE INDEX {TABLE}_words ON {TABLE} USING gin (words);
"""


def create(apps: Any, schema_editor: Any) -> None:
    """Build the index of the database in use."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(POSTGRESQL)
        return
    for statement in SQLITE:
        schema_editor.execute(statement)


def keep_texts_as_they_are(apps: Any, schema_editor: Any) -> None:
    """Compress no text from now on; those that are compressed stay so until they are saved again."""
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(TEXTS_AS_THEY_ARE)


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
