"""The search of readers and desk, behind Wagtail's own search API, at a cost that does not grow with the archive.

Published articles are looked for by entries of stems (``entries``), pages in the desk by the library's index as well,
which has drafts. The library ranks every hit and keeps a mean length of all headlines: both cost more with each article
(3 s a save at a million). Here both indexes are looked through from their newest end, until enough are found.
"""

from __future__ import annotations

from typing import Any

from django.db import connection


def SearchBackend(params: dict[str, Any]) -> Any:  # noqa: N802 (the name that Wagtail looks for)
    """The backend for the database in use, as WAGTAILSEARCH_BACKENDS names it."""
    if connection.vendor == "postgresql":
        from broadsheet.readers.search.backend.postgresql import ArchiveSearchBackend as PostgreSQL

        return PostgreSQL(params)
    from broadsheet.readers.search.backend.sqlite import ArchiveSearchBackend as SQLite

    return SQLite(params)
