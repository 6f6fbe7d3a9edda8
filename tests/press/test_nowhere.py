"""Addresses that lead to no page are answered from what the edition knows."""

from __future__ import annotations

import random
import string
import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.newsroom.models import Article, Section
from broadsheet.press import follow
from broadsheet.press.surveying import survey
from tests.factories import make_article, make_person, make_section, make_topic, republish


@pytest.fixture
def surveyed(reader, edition):
    world = make_section(title="World", slug="world")
    make_article(world, slug="one", authors=[make_person(slug="ann")], topics=[make_topic(slug="trade")])
    survey(edition)
    settle(reader)
    return edition


def settle(reader):
    """Ask until nothing is followed any more: on PostgreSQL the front begins to listen in a thread of its own."""
    quiet, deadline = 0, time.monotonic() + 10
    while quiet < 10 and time.monotonic() < deadline:
        with CaptureQueriesContext(connection) as queries:
            reader.get("/404.html")
        quiet = 0 if len(queries) else quiet + 1
        time.sleep(0.03)


def random_addresses(seed, number):
    dice = random.Random(seed)
    for _ in range(number):
        parts = ["".join(dice.choices(string.ascii_lowercase, k=6)) for _ in range(dice.randrange(1, 4))]
        tail = dice.choice(["/", "", ".php", "/feed/rss.xml", "/older/20250101T000000000000-7/"])
        yield "/" + "/".join(parts) + tail
    yield from ("/authors/nobody/", "/topics/nothing/feed/atom.xml", "/archive/1999/01/", "/archive/1999/01/02/")
    yield from ("/sitemap-1999-01.xml", "/world/older/20250101T000000000000-7/", "/world/two/", "/wp-login.php")


def test_unknown_addresses_never_reach_the_database(reader, surveyed, django_assert_num_queries):
    with django_assert_num_queries(0):
        for path in random_addresses(1, 200):
            got = reader.get(path)
            assert got.status == 404, path
            assert "The Gazette" in got.text
    assert reader.asked_django == []


def test_files_of_the_theme_and_the_desk_are_served_by_whoever_has_them(reader, surveyed):
    reader.front.is_file = {"/static/theme/app.js"}.__contains__
    reader.get("/static/theme/app.js")
    assert reader.asked_django == ["/static/theme/app.js"]
    assert reader.get("/static/theme/made-up.js").status == 404
    assert reader.asked_django == ["/static/theme/app.js"]


def test_what_django_does_not_find_costs_no_query_either(reader, surveyed, django_assert_num_queries):
    with django_assert_num_queries(0):
        got = reader.get("/media/made-up.jpg")
    assert (got.status, "The Gazette" in got.text) == (404, True)
    assert reader.asked_django == ["/media/made-up.jpg"]


def test_leaves_that_no_survey_lists_are_asked_for(reader, surveyed):
    assert "Thank you" in reader.get("/messages/contact/sent/").text
    assert reader.get("/messages/made-up/sent/").status == 404


def test_what_is_there_is_found_after_the_survey(reader, surveyed):
    paths = ["/", "/world/", "/world/one/", "/authors/ann/", "/topics/trade/", "/topics/trade/feed/rss.xml"]
    at = Article.objects.get().published_at
    paths += ["/authors/", "/archive/", "/sitemap.xml", f"/sitemap-{at:%Y-%m}.xml", "/feed/feed.json", "/robots.txt"]
    assert {path: reader.get(path).status for path in paths} == dict.fromkeys(paths, 200)


def test_what_comes_after_the_survey_is_known_by_the_log(reader, surveyed):
    assert reader.get("/world/two/").status == 404
    make_article(Section.objects.get(), slug="two")
    make_person(slug="ben")
    follow.follow()
    assert reader.get("/world/two/").status == 200
    assert reader.get("/authors/ben/").status == 200


def test_a_withdrawn_article_is_asked_for_once(reader, surveyed, django_assert_num_queries):
    article = Article.objects.get()
    reader.get("/world/one/")
    article.unpublish()
    follow.follow()
    assert reader.get("/world/one/").status == 404
    with django_assert_num_queries(0):
        assert reader.get("/world/one/").status == 404
    republish(article)
    follow.follow()
    assert reader.get("/world/one/").status == 200


@pytest.mark.parametrize("asked", ["/World/One/", "/world/one", "/world//one/", "/world/one/index.html"])
def test_other_case_and_slashes_lead_to_the_address_that_was_meant(reader, surveyed, asked, django_assert_num_queries):
    with django_assert_num_queries(0):
        got = reader.get(f"{asked}?from=mail")
    assert (got.status, got.headers["Location"]) == (301, "/world/one/?from=mail")


@pytest.mark.django_db(transaction=True)
def test_the_old_address_of_a_moved_article_leads_to_the_new_one(reader, surveyed, django_assert_num_queries):
    sport = make_section(title="Sport", slug="sport")
    Article.objects.get().move(Section.objects.get(pk=sport.pk), pos="last-child")
    follow.follow()
    assert reader.get("/world/one/").headers["Location"] == "/sport/one/"
    with django_assert_num_queries(0):
        assert reader.get("/world/one/").status == 301
    make_article(Section.objects.get(slug="world"), slug="one", title="Another one")
    follow.follow()
    assert "Another one" in reader.get("/world/one/").text


def test_a_survey_whose_process_died_is_begun_again_within_a_minute(reader, edition):
    """It holds its claim from chunk to chunk, and none is left when it is done."""
    make_section(title="World", slug="world")
    claims, learn = [], edition.learn
    edition.learn = lambda stems: claims.append(claimed_for(edition)) or learn(stems)
    try:
        survey(edition)
    finally:
        del edition.learn
    assert claims
    assert all(0 < seconds <= 60 for seconds in claims)
    assert not edition.is_claimed("(survey)")


def claimed_for(edition):
    (until,) = edition.connection().execute("SELECT until FROM claim WHERE path = '(survey)'").fetchone()
    return until - time.time()
