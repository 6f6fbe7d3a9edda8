"""The backend on Elasticsearch, as ``search_url`` names it."""

from __future__ import annotations

from typing import Any

from elasticsearch import ApiError, Elasticsearch, TransportError
from modelsearch.backends import elasticsearch9 as library

from broadsheet.readers.search.backend.engine import BULK_SECONDS, AlsoByText, SearchesInEngine, WholeText
from broadsheet.readers.search.backend.engine_away import OrByDatabase
from broadsheet.readers.search.backend.engine_clients import kept


class Mapping(WholeText, library.Elasticsearch9Mapping):
    """Fields of documents."""


class SearchCompiler(library.Elasticsearch9SearchQueryCompiler):
    """Whole words."""

    mapping_class = Mapping


class AutocompleteCompiler(AlsoByText, library.Elasticsearch9AutocompleteQueryCompiler):
    """Words whose last may be unfinished."""

    mapping_class = Mapping


class Results(OrByDatabase, library.Elasticsearch9SearchResults):
    """What was found."""


class SearchBackend(SearchesInEngine, library.Elasticsearch9SearchBackend):
    """The backend."""

    client_class = staticmethod(kept(Elasticsearch))
    mapping_class = Mapping
    results_class = Results
    query_compiler_class = SearchCompiler
    autocomplete_query_compiler_class = AutocompleteCompiler
    unreachable = (ApiError, TransportError)

    def bulk(self, client: Any, *args: Any, **kwargs: Any) -> Any:
        """Send many documents. Nobody waits for them, so they have their time."""
        return super().bulk(client.options(request_timeout=BULK_SECONDS), *args, **kwargs)
