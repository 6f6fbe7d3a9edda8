"""Indexes on Wagtail's page table for the desk's list of articles and for finding a page by its slug, and what SQLite must
know of tables that stay small.

Measured with 380,000 articles on SQLite: the list of articles 1,300 ms before the first index, whatever was asked of it.
"""

from django.db import migrations

INDEXES = {
    "newsroom_page_type_latest": "wagtailcore_page (content_type_id, latest_revision_created_at DESC, id DESC)",
    "newsroom_page_slug_path": "wagtailcore_page (slug, path)",
}
SMALL = {"newsroom_section": 100, "newsroom_homepage": 1, "newsroom_textpage": 20}
"""Without a word about their size SQLite takes all tables for equally large, and reads every page to find the sections."""


def tell_sizes(apps, schema_editor):
    """Write the sizes where ANALYZE would (https://sqlite.org/fileformat2.html#stat1tab); of large tables nothing is said."""
    if schema_editor.connection.vendor != "sqlite":
        return
    schema_editor.execute("ANALYZE newsroom_section")  # makes the table of statistics
    for table, rows in SMALL.items():
        schema_editor.execute("DELETE FROM sqlite_stat1 WHERE tbl = %s", [table])
        schema_editor.execute("INSERT INTO sqlite_stat1 (tbl, idx, stat) VALUES (%s, NULL, %s)", [table, str(rows)])
    schema_editor.execute("ANALYZE sqlite_schema")  # has them read


def forget_sizes(apps, schema_editor):
    if schema_editor.connection.vendor == "sqlite":
        for table in SMALL:
            schema_editor.execute("DELETE FROM sqlite_stat1 WHERE tbl = %s", [table])


class Migration(migrations.Migration):
    dependencies = [
        ("newsroom", "0003_links_and_slugs"),
        ("wagtailcore", "0001_initial"),
    ]

    operations = [
        *(
            migrations.RunSQL(f"CREATE INDEX IF NOT EXISTS {name} ON {on}", f"DROP INDEX IF EXISTS {name}")
            for name, on in INDEXES.items()
        ),
        migrations.RunPython(tell_sizes, forget_sizes),
    ]
