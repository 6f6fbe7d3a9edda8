"""A search engine for the tests of searches."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from wagtail.search.backends import get_search_backend

from broadsheet.newsroom.models import Article
from broadsheet.ops import prepare, search_service
from broadsheet.readers.search import actions
from broadsheet.readers.search.backend import engine_asking
from tests.factories import make_article, make_person, make_section, make_topic
from tests.readers.search_engine import Engine, running

NOW = timezone.now()


@pytest.fixture(params=["elasticsearch", "opensearch"])
def engine(request: Any, settings: Any, paper: Any, monkeypatch: Any) -> Iterator[Engine]:
    """An engine that the site was started with."""
    monkeypatch.setattr(engine_asking, "presence", engine_asking.Presence())
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
