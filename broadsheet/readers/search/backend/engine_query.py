"""A search of entries in the query language that Elasticsearch and OpenSearch share (Query DSL). Pure."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from wagtail.search.query import Phrase

from broadsheet.readers.search import asking
from broadsheet.readers.search.asking import Beginning
from broadsheet.readers.search.backend.conditions import COLUMNS
from broadsheet.readers.search.backend.looking import WEIGHTS, Entry
from broadsheet.readers.search.decide import Query
from broadsheet.readers.search.stemming import stem

BEGINNINGS = 500
"""Words that a beginning may stand for."""
_STEMS = {"type": "text", "analyzer": "whitespace"}
MAPPING = {
    "properties": {
        "pk": {"type": "keyword", "store": True},
        **dict.fromkeys(COLUMNS, _STEMS),
        "marks": {"type": "keyword"},
        "listed_at": {"type": "date"},
    }
}
"""Entries are stems already, so the engine cuts nothing and finds as the databases do."""


def document(entry: Any) -> dict[str, Any]:
    """A SearchEntry as it is sent to the engine."""
    columns = {name: getattr(entry, name) for name in COLUMNS}
    marks = entry.marks.split()
    return {"pk": str(entry.pk), **columns, "marks": marks, "listed_at": entry.listed_at.isoformat()}


def body(query: Query, limit: int) -> dict[str, Any]:
    """What is asked: all terms anywhere, scored by where they stand, by the same weights as in the databases."""
    terms = [asking.phrase(term, stem) for term in query.terms]
    asked = {
        "filter": [*_narrowing(query), *(_anywhere(term) for term in terms)],
        "must_not": [_anywhere(asking.phrase(term, stem)) for term in query.without],
        "should": [
            {"constant_score": {"filter": _in(column, term), "boost": weight}}
            for column, weight in WEIGHTS.items()
            for term in terms
            if not query.newest_first
        ],
        "minimum_should_match": 0,
    }
    by_date = {"listed_at": "desc"}
    return {
        "query": {"bool": asked},
        "sort": [by_date] if query.newest_first else [{"_score": "desc"}, by_date],
        "size": limit,
        "_source": False,
        "docvalue_fields": ["marks", {"field": "listed_at", "format": "epoch_millis"}],
        "track_total_hits": False,
    }


def entries(answer: Any) -> list[Entry]:
    """The entries of an answer, in its order."""
    return [
        (
            int(hit["_id"]),
            datetime.fromtimestamp(int(hit["fields"]["listed_at"][0]) / 1000, UTC),
            " ".join(hit["fields"]["marks"]),
        )
        for hit in answer["hits"]["hits"]
    ]


def _narrowing(query: Query) -> list[dict[str, Any]]:
    filters: list[dict[str, Any]] = [{"term": {"marks": mark}} for mark in asking.marks_asked_for(query)]
    bounds = {"gte": query.since, "lt": query.until}
    given = {name: at.isoformat() for name, at in bounds.items() if at is not None}
    return [*filters, {"range": {"listed_at": given}}] if given else filters


def _anywhere(term: Phrase) -> dict[str, Any]:
    return {"bool": {"should": [_in(column, term) for column in COLUMNS], "minimum_should_match": 1}}


def _in(column: str, term: Phrase) -> dict[str, Any]:
    if isinstance(term, Beginning):
        return {"match_phrase_prefix": {column: {"query": term.query_string, "max_expansions": BEGINNINGS}}}
    return {"match_phrase": {column: term.query_string}}
