"""What changes by the minute is a leaf of its own; pages show it and are not made stale by it."""

from __future__ import annotations

import re
import time

import pytest

from broadsheet.newsroom.models import Article, Section
from broadsheet.press import follow, purge_log
from tests.factories import make_article, make_section, republish

BOX = "/boxes/latest/"
BAKED = re.compile(r'<live-box src="/boxes/latest/" data-seconds="60">(.*?)</live-box>', re.DOTALL)


@pytest.fixture
def world(reader):
    follow.follow()
    section = make_section(title="World", slug="world")
    make_article(section, slug="one", title="The first report")
    make_article(make_section(slug="sport"), slug="other", title="A match report")
    return section


def baked_in(text):
    return BAKED.search(text)[1]


def publish_another(**values):
    return make_article(Section.objects.get(slug="world"), slug="two", title="The second report", **values)


def test_a_box_is_a_leaf_with_a_short_life(reader, edition, world):
    got = reader.get(BOX)
    assert "The first report" in got.text
    assert "<html" not in got.text
    assert "max-age=60, s-maxage=60, stale-if-error" in got.headers["Cache-Control"]
    assert got.headers["X-Robots-Tag"] == "noindex"
    assert 50 < edition.status(BOX).expires - time.time() <= 60
    assert reader.get(BOX, if_none_match=got.headers["ETag"]).status == 304


def test_an_article_has_it_baked_in_as_it_stands(reader, world):
    assert baked_in(reader.get("/world/one/").text) == reader.get(BOX).text
    publish_another()
    reader.sees(BOX)
    assert baked_in(reader.get("/world/two/").text) == reader.get(BOX).text


def test_what_the_box_shows_makes_no_page_stale(reader, edition, world):
    reader.sees("/sport/other/")
    publish_another()
    republish(Article.objects.get(slug="one"), title="The first report, retitled")
    follow.follow()
    assert edition.status("/sport/other/").stale_since is None
    box = reader.sees(BOX)
    assert "The second report" in box
    assert "retitled" in box


@pytest.mark.parametrize("box_printed", [True, False])
def test_what_was_withdrawn_stands_in_no_page(reader, edition, world, box_printed):
    if box_printed:
        reader.sees(BOX)
    assert "The first report" in baked_in(reader.sees("/sport/other/"))
    Article.objects.get(slug="one").unpublish()
    assert "The first report" not in reader.sees("/sport/other/")


def test_without_the_standing_of_what_it_names_a_page_would_go_on_naming_it(reader, edition, world, monkeypatch):
    """The broken twin of the test above."""
    reader.sees("/sport/other/")
    append = purge_log.append
    monkeypatch.setattr(
        purge_log, "append", lambda keys, reason="": append([k for k in keys if "#standing" not in k[0]], reason=reason)
    )
    Article.objects.get(slug="one").unpublish()
    assert "The first report" in reader.sees("/sport/other/")


def test_a_page_costs_no_query_more_for_a_box_that_is_printed(reader, world, django_assert_max_num_queries):
    reader.get(BOX)
    terms = reader.front.printer.terms("/world/one/")
    with django_assert_max_num_queries(200) as with_box:
        reader.front.printer.render("/world/one/", terms)
    reader.front.edition.drop(BOX)
    with django_assert_max_num_queries(200) as without:
        reader.front.printer.render("/world/one/", terms)
    assert len(with_box) < len(without)
