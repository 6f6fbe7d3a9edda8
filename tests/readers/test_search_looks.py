"""How often the index is looked into: few times, whatever is asked for."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from broadsheet.readers.search import actions, decide
from broadsheet.readers.search import find as finding
from broadsheet.readers.search.find import find
from tests.factories import make_article, make_section

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def test_in_a_small_section_the_first_look_goes_back_as_far_as_enough_of_its_articles(paper, monkeypatch):
    monkeypatch.setattr(finding, "RANKED", 5)
    world, ports = make_section(slug="world"), make_section(slug="ports")
    for number in range(8):
        article = make_article(ports, text="A lighthouse.", at=NOW - timedelta(days=100 * number))
        actions.index_article(article.pk)
    actions.index_article(make_article(world, text="A lighthouse.", at=NOW).pk)
    with CaptureQueriesContext(connection) as asked:
        found = find(decide.query("lighthouse", section=ports.pk), 0, 20)
    assert len(found.all) == 5
    assert sum("@@" in query["sql"] or "MATCH" in query["sql"] for query in asked.captured_queries) == 1


def test_a_word_that_stands_somewhere_every_two_years_is_looked_for_no_further_than_the_archive_goes(paper):
    """By so few hits enough of them would take thousands of years, before the first that there is."""
    world = make_section(slug="world")
    for number in range(12):
        at = NOW - timedelta(days=750 * number)
        actions.index_article(make_article(world, text="A lighthouse.", at=at).pk)
    actions.index_article(make_article(world, text="A bee.", at=NOW - timedelta(days=45_000)).pk)
    assert len(find(decide.query("lighthouse"), 0, 20).all) == 12
