"""The backend on OpenSearch, as ``search_url`` names it."""

from __future__ import annotations

from typing import Any

from modelsearch.backends import opensearch3 as library
from opensearchpy import OpenSearch
from opensearchpy.exceptions import TransportError

from broadsheet.readers.search.backend.engine import BULK_SECONDS, AlsoByText, SearchesInEngine, WholeText
from broadsheet.readers.search.backend.engine_away import OrByDatabase
from broadsheet.readers.search.backend.engine_clients import kept


class Mapping(WholeText, library.OpenSearch3Mapping):
    """Fields of documents."""


class SearchCompiler(library.OpenSearch3SearchQueryCompiler):
    """Whole words."""

    mapping_class = Mapping


class AutocompleteCompiler(AlsoByText, library.OpenSearch3AutocompleteQueryCompiler):
    """Words whose last may be unfinished."""

    mapping_class = Mapping


class Results(OrByDatabase, library.OpenSearch3SearchResults):
    """What was found."""


class SearchBackend(SearchesInEngine, library.OpenSearch3SearchBackend):
    """The backend."""

    client_class = staticmethod(kept(OpenSearch))
    mapping_class = Mapping
    results_class = Results
    query_compiler_class = SearchCompiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    unreachable = (TransportError,)

    def bulk(self, *args: Any, **kwargs: Any) -> Any:
        """Send many documents. Nobody waits for them, so they have their time."""
        return super().bulk(*args, request_timeout=BULK_SECONDS, **kwargs)
