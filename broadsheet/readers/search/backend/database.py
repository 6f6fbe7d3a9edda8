"""The lookup of entries in whichever database is in use."""

from __future__ import annotations

from django.db import connection

from broadsheet.readers.search.backend.entries_postgresql import PostgreSQLLookup
from broadsheet.readers.search.backend.entries_sqlite import SQLiteLookup
from broadsheet.readers.search.backend.looking import Lookup


def lookup() -> type[Lookup]:
    """The class for this database."""
    return PostgreSQLLookup if connection.vendor == "postgresql" else SQLiteLookup
