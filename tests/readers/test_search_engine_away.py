"""Searches while the search engine is away: it is left alone, and the database answers."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from wagtail.models import Page
from wagtail.search.backends import get_search_backend

from broadsheet.newsroom.models import Article, Person
from broadsheet.ops import prepare
from broadsheet.readers.search import decide
from broadsheet.readers.search.backend import engine_asking
from broadsheet.readers.search.find import find
from tests.desk.factories import make_editor
from tests.readers.search_engine import Engine

pytestmark = pytest.mark.django_db


class Clock:
    """Time that passes when told to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(engine, monkeypatch) -> Clock:
    """The time by which the engine is left alone."""
    clock = Clock()
    monkeypatch.setattr(engine_asking, "presence", engine_asking.Presence(clock))
    return clock


def search(text: str, **filters: Any) -> list[str]:
    found = find(decide.query(text, **filters), 0, 20)
    return [Article.objects.get(pk=hit.article).slug for hit in found.hits]


@pytest.fixture(params=["broken", "index gone", "off"])
def ailing(told, settings, request) -> Engine:
    """The engine no longer answers, or not with what it was asked for."""
    told.broken = 503 if request.param == "broken" else 0
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


def test_an_engine_that_hangs_keeps_one_search_waiting_and_then_one_every_half_a_minute(told, settings, clock, caplog):
    settings.WAGTAILSEARCH_BACKENDS["default"]["TIMEOUT"] = 0.2
    told.goes_on.clear()
    for now, asked in ((0.0, 1), (29.0, 1), (31.0, 2), (60.0, 2), (62.0, 3)):
        clock.now = now
        for _ in range(2):
            assert search("lighthouse") == ["head", "new", "old"]
            assert [page.slug for page in get_search_backend().search("nobody", Page)] == []
        assert len(told.asked) == asked, now
    told.goes_on.set()
    clock.now = 93.0
    told.asked.clear()
    assert search("lighthouse") == ["head", "new", "old"]
    assert [page.slug for page in get_search_backend().search("nobody", Page)] == ["draft"]
    assert len(told.asked) == 2
    said = [record.getMessage().split(":")[0] for record in caplog.records if record.name == "broadsheet.search"]
    assert said == ["The search engine does not answer, so the database does", "The search engine answers again."]


def test_of_searches_at_the_same_time_one_asks_whether_the_engine_is_back():
    clock = Clock()
    presence = engine_asking.Presence(clock)
    presence.lost("hangs")
    clock.now = 31.0
    with ThreadPoolExecutor(8) as threads:
        assert Counter(threads.map(lambda _: presence.may_be_asked(), range(200))) == {True: 1, False: 199}


def test_a_search_that_the_engine_refuses_takes_it_from_nobody_else(told, caplog):
    told.broken = 400
    assert search("lighthouse") == ["head", "new", "old"]
    told.broken = 0
    told.asked.clear()
    search("lighthouse")
    assert told.asked and "refused a search" in caplog.text and "answers again" not in caplog.text


@pytest.mark.parametrize("status", [400, 503])
def test_one_search_waits_for_the_engine_only_once(told, status):
    told.broken = status
    found = get_search_backend().search("lighthouse", Page)
    told.asked.clear()
    assert found.count() == len(list(found[:2])) + 1 == 3
    assert found.facet("content_type_id")
    assert len(set(told.asked)) == 1


def test_a_start_without_the_engine_goes_on(engine, capsys):
    engine.broken = 503
    prepare.prepare_search()
    assert "the database does" in capsys.readouterr().err
