"""The page around the hits, which is rendered once for many searches."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import escape

from broadsheet.newsroom.models import Person, Section
from broadsheet.readers.search import actions, shell, shown
from tests.factories import make_article, make_person, make_section, republish

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(paper):
    section = make_section(title="World & Sea", slug="world")
    make_article(section, authors=[make_person("Ann Zelenka", slug="ann")])
    return section


def page(client, **asked):
    response = client.get(reverse("search"), asked)
    assert response.status_code == 200 and "\ue000" not in response.content.decode()
    return response.content.decode()


def test_a_page_without_hits_costs_three_queries_however_much_the_form_lists(
    client, world, django_assert_max_num_queries
):
    page(client)
    with django_assert_max_num_queries(3):
        page(client)


def test_what_changes_in_the_paper_is_in_the_next_page(client, world):
    assert "World &amp; Sea" in page(client) and "Ann Zelenka" in page(client)
    section, ann = Section.objects.get(pk=world.pk), Person.objects.get(slug="ann")
    section.title, ann.name = "The wide world", "Ann Novak"
    section.save_revision().publish()
    ann.save()
    shown = page(client)
    assert "The wide world" in shown and "World &amp; Sea" not in shown
    assert "Ann Novak" in shown and "Ann Zelenka" not in shown


def test_hits_are_rendered_once_and_anew_when_their_article_changes(client, world):
    articles = [make_article(world, slug=slug, title=f"The {slug} lighthouse", text="Two bees.") for slug in "ab"]
    for article in articles:
        actions.index_article(article.pk)
    first = page(client, q="lighthouse")
    with CaptureQueriesContext(connection) as asked:
        second = page(client, q="bees")
    assert "The a lighthouse" in first and "The a lighthouse" in second and "<mark>bees</mark>" in second
    assert "<mark>bees</mark>" not in first
    assert not any("newsroom_byline" in query["sql"] for query in asked.captured_queries)
    republish(articles[0], title="The new lighthouse")
    assert "The new lighthouse" in page(client, q="bees") and "The a lighthouse" not in page(client, q="bees")
    articles[1].unpublish()
    assert "The b lighthouse" not in page(client, q="bees")


def test_no_hit_is_missing_when_those_kept_are_forgotten(client, world, monkeypatch):
    monkeypatch.setattr(shown, "MOST", 0)
    for slug in "ab":
        text = "Two bees." if slug == "a" else "Two bees and a wasp."
        actions.index_article(make_article(world, slug=slug, title=f"The {slug} report", text=text).pk)
    page(client, q="wasp")
    both = page(client, q="bees")
    assert "The a report" in both and "The b report" in both


def test_the_form_keeps_what_was_asked(client, world):
    shown = page(client, q='"a <b>"', section="world", author="ann", order="newest", **{"from": "2026-01-02"})
    for kept in (
        "<title>Search: &quot;a &lt;b&gt;&quot; | ",
        'name="q" type="search" value="&quot;a &lt;b&gt;&quot;"',
        '<option value="world" selected>',
        '<option value="ann" selected>',
        '<option value="newest" selected>',
        'name="from" type="date" value="2026-01-02"',
    ):
        assert kept in shown, kept
    assert shown.count(" selected") == 3
    assert page(client).count(" selected") == 0


def test_a_reader_cannot_fill_the_gaps(client, world):
    shown = client.get(
        reverse("search"), {"q": "\ue000results\ue001", "section": '"><b>', "since": '"><b>'}
    ).content.decode()
    assert "\ue000results\ue001" in shown and '"><b>' not in shown


def test_what_no_purge_tells_of_is_seen_after_half_a_minute_and_not_before(client, world, monkeypatch):
    now = 1_000.0
    monkeypatch.setattr(shell, "time", SimpleNamespace(monotonic=lambda: now))
    page(client)
    Section.objects.filter(pk=world.pk).update(title="The wide world")  # as a purge that was committed out of turn
    now += 29.9
    assert "World &amp; Sea" in page(client)
    now += 0.2
    shown = page(client)
    assert "The wide world" in shown and "World &amp; Sea" not in shown


@pytest.mark.parametrize("typed", ["the council", '"the council"', 'council "the budget"', "“the council”"])
def test_a_search_is_shown_as_it_was_typed_without_marks_of_ours(client, world, typed):
    assert f" for <b>{escape(typed)}</b></h2>" in page(client, q=typed)
    article = make_article(world, title="The council of the budget", text="the council the budget")
    actions.index_article(article.pk)
    assert f"1 report for <b>{escape(typed)}</b></h2>" in page(client, q=typed)
