"""Searches by Elasticsearch and OpenSearch: what their clients send, to an engine in miniature on this machine."""

from __future__ import annotations

from datetime import timedelta
from threading import Timer
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from broadsheet.newsroom.models import Article
from broadsheet.ops import prepare, search_service
from broadsheet.readers.search import actions, decide, tasks
from broadsheet.readers.search.find import find
from broadsheet.readers.search.models import SearchEntry
from tests.desk.factories import make_editor
from tests.factories import republish

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def search(text: str, **filters: Any) -> list[str]:
    found = find(decide.query(text, **filters), 0, 20)
    return [Article.objects.get(pk=hit.article).slug for hit in found.hits]


def test_readers_find_by_the_engine_what_they_find_by_the_database(told, settings):
    world = Article.objects.get(slug="new").get_parent().pk
    topic = Article.objects.get(slug="old").topic_links.get().topic_id
    author = Article.objects.get(slug="new").bylines.get().person_id
    asked = [
        ("lighthouses", {}), ("lighthouse", {"newest_first": True}), ('"lighthouse keeper"', {}), ("light*", {}),
        ("lighthouse -bees", {}), ("lighthouse", {"section": world}), ("lighthouse", {"topic": topic}),
        ("keeper", {"author": author}), ("lighthouse", {"since": NOW - timedelta(days=100)}),
        ("lighthouse", {"until": NOW - timedelta(days=80)}), ("zelenka", {}), ("café", {}),
    ]  # fmt: skip
    by_engine = [search(text, **filters) for text, filters in asked]
    assert told.asked and all(line.endswith("searchentry/_search") for line in told.asked)
    settings.WAGTAILSEARCH_BACKENDS = {"default": search_service.backend("")}
    assert by_engine == [search(text, **filters) for text, filters in asked]
    assert by_engine[0] == ["head", "new", "old"] and by_engine[1] == ["new", "head", "old"]


@pytest.mark.django_db(transaction=True)
def test_what_is_deleted_leaves_the_engine_without_keeping_anybody_waiting(told):
    article = Article.objects.get(slug="new")
    pages, entries = (told.documents[f"paper__{name}"] for name in ("wagtailcore_page", "reader_search_searchentry"))
    key = str(article.pk)
    assert key in pages and key in entries
    told.asked.clear()
    with transaction.atomic():
        article.delete()
        assert told.asked == []  # a job asks, once this is committed: in this test at once
    assert key not in pages and key not in entries and search("saved") == []


def test_a_deletion_that_waits_is_no_matter_once_the_site_has_no_engine(told, settings):
    settings.WAGTAILSEARCH_BACKENDS = {"default": search_service.backend("")}
    told.asked.clear()
    tasks.forget_in_engine.call("paper__wagtailcore_page", "1")
    assert told.asked == []


def test_searches_share_a_connection(told):
    search("lighthouse")
    opened = told.connections
    assert search("keeper") and search("bees") and list(get_search_backend().search("lighthouse", Article))
    assert told.asked and told.connections == opened


def test_a_withdrawn_article_leaves_the_engine_and_a_changed_one_is_found_by_its_new_words(told):
    article = Article.objects.get(slug="new")
    article.unpublish()
    actions.index_article(article.pk)
    changed = republish(Article.objects.get(slug="old"), title="Honey")
    actions.index_article(changed.pk)
    assert search("lighthouse") == ["head", "old"] and search("honey") == ["old"]
    assert set(told.documents["paper__reader_search_searchentry"]) == {
        str(pk) for pk in SearchEntry.objects.values_list("pk", flat=True)
    }


def test_the_desk_finds_drafts_and_texts_by_the_engine(told, client):
    client.force_login(make_editor())
    backend = get_search_backend()
    assert {page.slug for page in backend.search("nobody", Page)} == {"draft"}
    assert {page.slug for page in backend.autocomplete("unpri", Page)} == {"draft"}
    assert {page.slug for page in backend.autocomplete("bees", Article)} == {"old"}
    shown = client.get("/desk/pages/search/results/", {"q": "nobody"}).content.decode()
    assert "Unprinted" in shown


def test_a_new_engine_is_filled_by_parts(told, monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE", 2)
    for documents in told.documents.values():
        documents.clear()
    assert search("lighthouse") == []
    parts, following = 0, ("", "")
    while following := actions.index_in_engine(*following):
        parts += 1
    assert parts > 6 and search("lighthouse") == ["head", "new", "old"]
    assert {page.slug for page in get_search_backend().search("nobody", Page)} == {"draft"}


def test_documents_have_more_time_than_searches(told, settings):
    settings.WAGTAILSEARCH_BACKENDS["default"]["TIMEOUT"] = 0.2
    told.goes_on.clear()
    Timer(0.6, told.goes_on.set).start()
    assert actions.index_in_engine() and "_bulk" in told.asked[0]


def test_indexes_that_are_missing_are_made_at_the_start_and_no_others(engine):
    made = set(engine.mappings)
    assert {"paper__wagtailcore_page", "paper__reader_search_searchentry"} <= made
    assert engine.mappings["paper__reader_search_searchentry"]["title"]["analyzer"] == "whitespace"
    engine.asked.clear()
    prepare.prepare_search()
    assert not [line for line in engine.asked if line.startswith("PUT")]


@pytest.mark.django_db(transaction=True)
def test_an_index_without_fields_gets_them_with_the_next_start_and_everything_is_indexed(told):
    """So a start leaves it that was cut off after the first of the two."""
    whole = dict(told.mappings["paper__reader_search_searchentry"])
    told.mappings["paper__reader_search_searchentry"].clear()
    prepare.prepare_search()
    assert told.mappings["paper__reader_search_searchentry"] == whole
    assert [line for line in told.asked if line.endswith("searchentry/_bulk")]


@pytest.mark.django_db(transaction=True)
def test_an_engine_that_lost_everything_is_filled_after_the_next_start(told):
    told.mappings.clear()
    told.documents.clear()
    prepare.prepare_search()
    told.asked.clear()
    assert search("lighthouse") == ["head", "new", "old"]
    assert [line for line in told.asked if line.endswith("searchentry/_search")]
