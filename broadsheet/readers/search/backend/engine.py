"""What both search engines have in common: entries, articles' whole text, and a database to fall back on."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from typing import Any

from django.db import transaction
from modelsearch.index import get_indexed_models

from broadsheet.newsroom.models import Article
from broadsheet.readers.search import decide, tasks
from broadsheet.readers.search.backend import engine_query
from broadsheet.readers.search.backend.database import lookup
from broadsheet.readers.search.backend.engine_asking import ask
from broadsheet.readers.search.backend.looking import Looked
from broadsheet.readers.search.models import SearchEntry

TEXT = "article_text"
"""The field of articles' text, which the library's list of fields would put into the databases' index as well."""

BULK_SECONDS = 30
"""A part of a new index, 200 whole texts, may take a busy engine longer than a search."""


class WholeText:
    """A mapping in which entries are stems, and articles have their text."""

    model: Any

    def get_mapping(self) -> dict[str, Any]:
        """Fields of a model's documents."""
        if self.model is SearchEntry:
            return engine_query.MAPPING
        mapping = super().get_mapping()  # type: ignore[misc]
        if self.model is Article:
            mapping["properties"][TEXT] = {"type": "text", "copy_to": "_all_text"}
        return dict(mapping)

    def get_document(self, obj: Any) -> dict[str, Any]:
        """One object as a document."""
        if isinstance(obj, SearchEntry):
            return engine_query.document(obj)
        document = super().get_document(obj)  # type: ignore[misc]
        return {**document, TEXT: obj.body_text} if isinstance(obj, Article) else dict(document)


class AlsoByText:
    """Looks for what an editor types among beginnings of headlines, as the library does, and in whole texts."""

    query: Any
    unfinished = True

    def get_inner_query(self) -> dict[str, Any]:
        """The query without its filters."""
        begun = super().get_inner_query()  # type: ignore[misc]
        text = getattr(self.query, "query_string", "")
        whole = {"match": {"_all_text": {"query": text, "operator": "and"}}}
        return {"bool": {"should": [{"constant_score": {"filter": begun, "boost": 9}}, whole]}} if text else dict(begun)


class SearchesInEngine:
    """A backend whose entries are in the engine as well as in the database."""

    es: Any
    unreachable: tuple[type[Exception], ...]
    """What the client raises when the engine does not answer, or with an error: it has no such index yet."""

    def entries(self, query: decide.Query, limit: int) -> Looked:
        """Published articles, the best first: ids, dates and marks. The database answers if the engine does not."""
        name = self.get_index_for_model(SearchEntry).name  # type: ignore[attr-defined]
        answer = partial(self.es.search, index=name, body=engine_query.body(query, limit))
        return ask(
            lambda: Looked(entries=engine_query.entries(answer())),
            self.unreachable,
            lambda: lookup()(query, limit).entries(),
        )

    def delete(self, obj: Any) -> None:
        """Forget an object: an entry now, anything else by a job, as who deletes pages must not wait for the engine."""
        if isinstance(obj, SearchEntry):
            super().delete(obj)  # type: ignore[misc]
            return
        index = self.get_index_for_object(obj).name  # type: ignore[attr-defined]
        document = self.mapping_class(type(obj)).get_document_id(obj)  # type: ignore[attr-defined]
        transaction.on_commit(partial(tasks.forget_in_engine.enqueue, index, document))

    def forget(self, index: str, document: str) -> None:
        """Remove a document from an index, if it is there."""
        with suppress(self.NotFoundError):  # type: ignore[attr-defined]
            self.es.delete(index=index, id=document)

    def prepare(self) -> bool:
        """Make what the engine lacks of the indexes and their fields. Returns whether it did: then all must be indexed.

        A start that is cut off between the two leaves an index without fields, and an upgrade may bring new ones.
        """
        made = False
        for index in self.all_indexes():  # type: ignore[attr-defined]
            if not self.es.indices.exists(index=index.name):
                index.put()
            known = self._fields(index.name)
            for model in get_indexed_models():
                wanted = self.mapping_class(model).get_mapping()["properties"]  # type: ignore[attr-defined]
                if self.get_index_for_model(model).name == index.name and not known.issuperset(wanted):  # type: ignore[attr-defined]
                    index.add_model(model)
                    made = True
        return made

    def _fields(self, index: str) -> set[str]:
        """The names of the fields that an index has."""
        found = self.es.indices.get_mapping(index=index)
        return {name for each in found.values() for name in each["mappings"].get("properties", {})}
