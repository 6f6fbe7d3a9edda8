"""Hits are read as plain values: they show what a card of the same article shows."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.utils import timezone

from broadsheet.newsroom import lists
from broadsheet.newsroom.models import Article, Rendition
from broadsheet.newsroom.navigation import navigation
from broadsheet.press.pages.cards import card
from broadsheet.readers.search.hit_cards import hit_cards
from tests.factories import make_article, make_person, make_picture, make_section

pytestmark = pytest.mark.django_db


@pytest.fixture
def various(paper):
    """Articles that differ in what a hit shows of them."""
    section = make_section(title="World & Sea", slug="world")
    below = make_section(title="Ports", slug="ports", parent=section)
    ann, ben = make_person("Ann <Zelenka>", slug="ann"), make_person("Ben", slug="ben")
    focused = make_picture(700, 500, focal_point_x=600, focal_point_y=20, focal_point_width=9, focal_point_height=9)
    now = timezone.now()
    return [
        make_article(section, title="Ships & <bees>", authors=[ben, ann], lead_picture=make_picture(1400, 900)),
        make_article(below, label="On <land>", lead_picture=make_picture(200, 400)),
        make_article(below, format=Article.Format.OPINION, lead_picture=focused, authors=[ann]),
        make_article(section, format=Article.Format.LIVE, lead_picture=make_picture(320, 200)),
        make_article(section, breaking=True, at=now - timedelta(hours=5)),
        make_article(section, breaking=True, at=now - timedelta(hours=7)),
    ]


def shown(given: object) -> str:
    return render_to_string("theme/partials/hit.html", {"card": given, "snippet": ""})


def test_a_hit_shows_what_a_card_shows(various):
    menu, ids = navigation(), [article.pk for article in various]
    as_cards = {pk: shown(card(article, menu)) for pk, article in lists.articles(ids).items()}
    assert {pk: shown(hit) for pk, hit in hit_cards(ids, menu).items()} == as_cards
    assert ["<picture>" in as_cards[pk] for pk in ids] == [True] * 4 + [False] * 2
    assert "object-position:85% 4%" in as_cards[ids[2]]
    kickers = [as_cards[pk].partition('class="kick')[2].partition("</span>")[0] for pk in ids]
    assert [kicker.rpartition(">")[2] for kicker in kickers] == [
        "World &amp; Sea", "On &lt;land&gt;", "Ports", "Live", "Breaking", "World &amp; Sea",
    ]  # fmt: skip


def test_a_hit_makes_a_size_of_its_picture_that_is_not_there(various):
    article, menu = various[0], navigation()
    Rendition.objects.all().delete()
    html = shown(hit_cards([article.pk], menu)[article.pk])
    assert html.count(" 640w") == 1 and Rendition.objects.filter(filter_spec="width-640|format-avif").exists()


def test_hits_are_read_in_three_queries_without_those_that_are_not_published(various, django_assert_num_queries):
    menu, ids = navigation(), [article.pk for article in various]
    for hit in hit_cards(ids, menu).values():
        shown(hit)
    various[1].unpublish()
    with django_assert_num_queries(3):
        found = hit_cards(ids, menu)
        assert all(map(shown, found.values())) and set(found) == {*ids} - {various[1].pk}
