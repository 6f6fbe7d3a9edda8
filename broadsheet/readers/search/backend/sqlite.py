"""The backend on SQLite: FTS5, walked from the newest page."""

from __future__ import annotations

from typing import Any

from modelsearch.backends.database.sqlite import sqlite as library
from modelsearch.backends.database.sqlite.query import MatchExpression, normalize
from modelsearch.utils import get_descendants_content_types_pks

from broadsheet.readers.search.backend.entries_sqlite import SQLiteLookup
from broadsheet.readers.search.backend.newest import (
    LooksUpEntries,
    NewestFirst,
    Unfinished,
    WithoutFacets,
    WithoutNorms,
)


class _Entries(NewestFirst):
    lookup = SQLiteLookup
    FTS_TABLE_FIELDS: list[str]

    def entries(self, config: Any) -> Any:
        words = self.build_search_query(normalize(self.query), config=config)  # type: ignore[attr-defined]
        kinds = get_descendants_content_types_pks(self.queryset.model)
        found = library.SQLiteFTSIndexEntry.objects.filter(MatchExpression(self.fields or self.FTS_TABLE_FIELDS, words))
        found = found.filter(index_entry__content_type__in=kinds).order_by("-index_entry_id")
        return found.values_list("index_entry__object_id", flat=True)


class SearchCompiler(_Entries, library.SQLiteSearchQueryCompiler):
    """Whole words."""


class AutocompleteCompiler(Unfinished, _Entries, library.SQLiteAutocompleteQueryCompiler):
    """Words whose last may be unfinished."""


class Results(WithoutFacets, library.SQLiteSearchResults):
    """What was found."""


class Index(WithoutNorms, library.SQLiteIndex):
    """The index."""


class ArchiveSearchBackend(LooksUpEntries, library.SQLiteSearchBackend):
    """The backend."""

    query_compiler_class = SearchCompiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    results_class = Results
    index_class = Index
    lookup = SQLiteLookup
