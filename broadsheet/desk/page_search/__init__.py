"""Wagtail's own search of pages, as the desk uses it, at a cost that does not grow with the archive.

The library ranks every hit and keeps a mean length of all headlines: both cost more with each article (3 s a save at a
million). Here pages are searched in the index from its newest end, until enough are found, and shown newest first.
"""

from __future__ import annotations

from typing import Any

from django.db import connection


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 (the name that Wagtail looks for)
    """The backend for the database in use, as WAGTAILSEARCH_BACKENDS names it."""
    if connection.vendor == "postgresql":
        from broadsheet.desk.page_search.postgresql import PageSearchBackend as PostgreSQL

        return PostgreSQL(params)
    from broadsheet.desk.page_search.sqlite import PageSearchBackend as SQLite

    return SQLite(params)
