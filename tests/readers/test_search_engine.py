"""Searches by Elasticsearch and OpenSearch: what their clients send, to an engine in miniature on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from broadsheet.newsroom.models import Article, Person
from broadsheet.ops import prepare, search_service
from broadsheet.readers.search import actions, decide
from broadsheet.readers.search.backend import engine_away
from broadsheet.readers.search.find import find
from broadsheet.readers.search.models import SearchEntry
from tests.desk.factories import make_editor
from tests.factories import make_article, make_person, make_section, make_topic, republish
from tests.readers.search_engine import Engine, running

pytestmark = pytest.mark.django_db
NOW = timezone.now()


@pytest.fixture(params=["elasticsearch", "opensearch"])
def engine(request: Any, settings: Any, paper: Any) -> Iterator[Engine]:
    """An engine that the site was started with."""
    with running() as (engine, port):
        url = f"{request.param}+http://desk:pass%3Aword@127.0.0.1:{port}/paper"
        assert search_service.problem(url) == ""
        settings.WAGTAILSEARCH_BACKENDS = {"default": search_service.backend(url)}
        prepare.prepare_search()
        yield engine


@pytest.fixture
def told(engine: Engine) -> Engine:
    """Articles that have been indexed, as jobs do."""
    world, sport = make_section(title="World", slug="world"), make_section(title="Sport", slug="sport")
    bees, ann = make_topic("Bees", slug="bees"), make_person("Ann Zelenka", slug="ann-zelenka")
    make_article(
        world, slug="old", at=NOW - timedelta(days=400), text="The lighthouse keeper kept bees.", topics=[bees]
    )
    make_article(world, slug="new", at=NOW - timedelta(days=1), text="A keeper saved the lighthouse.", authors=[ann])
    make_article(sport, slug="head", title="The lighthouse", at=NOW - timedelta(days=90), text="Nothing.")
    make_article(sport, slug="draft", title="Unprinted", publish=False, text="A lighthouse nobody may find.")
    for article in Article.objects.all():
        actions.index_article(article.pk)
        get_search_backend().add(article)
    engine.asked.clear()
    return engine


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


@pytest.fixture(params=["broken", "index gone", "off"])
def ailing(told, settings, request) -> Engine:
    """The engine no longer answers, or not with what it was asked for."""
    told.broken = request.param == "broken"
    if request.param == "index gone":
        told.mappings.clear()
    if request.param == "off":
        hosts = settings.WAGTAILSEARCH_BACKENDS["default"]["HOSTS"]
        changed = {**settings.WAGTAILSEARCH_BACKENDS["default"], "HOSTS": [{**hosts[0], "port": 9}]}
        settings.WAGTAILSEARCH_BACKENDS = {"default": changed}
    return told


@pytest.mark.usefixtures("ailing")
def test_the_database_answers_when_the_engine_does_not(client):
    assert search("lighthouse") == ["head", "new", "old"]
    assert client.get("/search/", {"q": "lighthouse"}).status_code == 200


@pytest.mark.usefixtures("ailing")
def test_the_desk_finds_headlines_drafts_and_published_texts_without_the_engine(client):
    client.force_login(make_editor())
    backend = get_search_backend()
    assert [page.slug for page in backend.search("print un", Page)] == ["draft"]
    assert [page.slug for page in backend.search("lighthouse", Page)] == ["head", "new", "old"]
    assert {page.slug for page in backend.autocomplete("lighth", Article)} == {"head", "new", "old"}
    assert [page.slug for page in backend.search("bees", Article, fields=["title"])] == []
    assert [page.slug for page in backend.search("the lighthouse", Article.objects.filter(live=False))] == []
    found = backend.search("lighthouse", Page)
    assert (found.count(), [page.slug for page in found[1:2]]) == (3, ["new"])
    assert found.facet("content_type_id") == {Article.objects.first().content_type_id: 3}
    assert [person.slug for person in backend.autocomplete("zel", Person)] == ["ann-zelenka"]
    for address, text, shown in (
        ("/desk/pages/search/results/", "bees", "old"),
        ("/desk/choose-page/search/", "print", "Unprinted"),
        ("/desk/snippets/newsroom/person/results/", "zelen", "Ann Zelenka"),
        ("/desk/images/results/", "bees", ""),
    ):
        answer = client.get(address, {"q": text})
        assert (answer.status_code, shown in answer.content.decode()) == (200, True), address


def test_an_engine_that_goes_and_comes_back_is_used_again_and_its_absence_said_once(told, caplog, monkeypatch):
    monkeypatch.setattr(engine_away.away, "_said_at", float("-inf"))
    backend = get_search_backend()
    assert {page.slug for page in backend.search("nobody", Page)} == {"draft"}
    told.broken = True
    for _ in range(3):
        assert list(backend.search("nobody", Page)) == [], "the text of a draft is in the engine alone"
    told.broken = False
    assert {page.slug for page in backend.search("nobody", Page)} == {"draft"}
    assert caplog.text.count("The search engine does not answer") == 1


def test_one_search_waits_for_the_engine_only_once(told):
    told.broken = True
    found = get_search_backend().search("lighthouse", Page)
    told.asked.clear()
    assert found.count() == len(list(found[:2])) + 1 == 3
    assert found.facet("content_type_id")
    assert len(set(told.asked)) == 1


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


def test_indexes_that_are_missing_are_made_at_the_start_and_no_others(engine):
    made = set(engine.mappings)
    assert {"paper__wagtailcore_page", "paper__reader_search_searchentry"} <= made
    assert engine.mappings["paper__reader_search_searchentry"]["title"]["analyzer"] == "whitespace"
    engine.asked.clear()
    prepare.prepare_search()
    assert not [line for line in engine.asked if line.startswith("PUT")]


@pytest.mark.django_db(transaction=True)
def test_an_engine_that_lost_everything_is_filled_after_the_next_start(told):
    told.mappings.clear()
    told.documents.clear()
    prepare.prepare_search()
    told.asked.clear()
    assert search("lighthouse") == ["head", "new", "old"]
    assert [line for line in told.asked if line.endswith("searchentry/_search")]


def test_a_start_without_the_engine_goes_on(engine, capsys):
    engine.broken = True
    prepare.prepare_search()
    assert "the database does" in capsys.readouterr().err
