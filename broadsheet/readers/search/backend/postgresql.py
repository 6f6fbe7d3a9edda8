"""The backend on PostgreSQL: the index's entries from the newest page."""

from __future__ import annotations

from typing import Any

from django.db.models import F
from modelsearch.backends.database.postgres import postgres as library
from modelsearch.utils import get_descendants_content_types_pks

from broadsheet.readers.search.backend.entries_postgresql import PostgreSQLLookup
from broadsheet.readers.search.backend.newest import (
    LooksUpEntries,
    NewestFirst,
    Unfinished,
    WithoutFacets,
    WithoutNorms,
)


class _Entries(NewestFirst):
    lookup = PostgreSQLLookup

    def entries(self, config: Any) -> Any:
        words = self.build_tsquery(self.query, config=config)  # type: ignore[attr-defined]
        vectors = [vector for vector, _ in self.get_index_vectors(words)]  # type: ignore[attr-defined]
        columns = [F(vector.name.removeprefix("index_entries__")) for vector in vectors]
        where = columns[0]
        for column in columns[1:]:
            where = where._combine(column, "||", False)  # type: ignore[attr-defined]  # untyped part of Django
        kinds = get_descendants_content_types_pks(self.queryset.model)
        found = library.IndexEntry.objects.annotate(_vector_=where).filter(_vector_=words, content_type__in=kinds)
        return found.order_by("-pk").values_list("object_id", flat=True)


class SearchCompiler(_Entries, library.PostgresSearchQueryCompiler):
    """Whole words."""


class AutocompleteCompiler(Unfinished, _Entries, library.PostgresAutocompleteQueryCompiler):
    """Words whose last may be unfinished."""


class Results(WithoutFacets, library.PostgresSearchResults):
    """What was found."""


class Index(WithoutNorms, library.PostgresIndex):
    """The index."""


class ArchiveSearchBackend(LooksUpEntries, library.PostgresSearchBackend):
    """The backend."""

    query_compiler_class = SearchCompiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    results_class = Results
    index_class = Index
    lookup = PostgreSQLLookup
