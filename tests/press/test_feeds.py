"""Feeds, sitemaps and structured data, read by independent parsers."""

from __future__ import annotations

import json
import re
from datetime import timedelta
from xml.etree import ElementTree

import feedparser
import pytest
from django.utils import timezone

from broadsheet.newsroom import decide
from broadsheet.newsroom.models import Article
from broadsheet.press import follow, structured_data
from broadsheet.press.pages.context import context_of
from tests.factories import make_article, make_person, make_picture, make_section, make_topic

NOW = timezone.now()


@pytest.fixture
def newsroom(paper):
    section = make_section(title="World & more", slug="world")
    author, topic = make_person("Ann <b>", slug="ann"), make_topic("Trade", slug="trade")
    for number in range(3):
        make_article(
            section,
            at=NOW - timedelta(days=number),
            authors=[author],
            topics=[topic],
            title=f"Fish & chips <{number}>",
            slug=f"fish-{number}",
            standfirst="Salt > vinegar",
            lead_picture=make_picture(),
        )
    return section


BASES = ["/", "/world/", "/authors/ann/", "/topics/trade/"]


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("file", ["rss.xml", "atom.xml"])
def test_xml_feeds_carry_the_articles(reader, newsroom, base, file):
    got = reader.get(f"{base}feed/{file}")
    parsed = feedparser.parse(got.body)
    assert not parsed.bozo
    assert [entry.title for entry in parsed.entries] == [f"Fish &amp; chips &lt;{n}&gt;" for n in range(3)] or [
        entry.title for entry in parsed.entries
    ] == [f"Fish & chips <{n}>" for n in range(3)]
    assert parsed.entries[0].link == "http://testserver/world/fish-0/"
    assert parsed.entries[0].enclosures[0].type == "image/jpeg"
    assert len({entry.id for entry in parsed.entries}) == 3


@pytest.mark.parametrize("base", BASES)
def test_json_feed(reader, newsroom, base):
    got = reader.get(f"{base}feed/feed.json")
    assert got.headers["Content-Type"].startswith("application/feed+json")
    feed = json.loads(got.body)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"] == f"http://testserver{base}feed/feed.json"
    assert [item["title"] for item in feed["items"]] == [f"Fish & chips <{n}>" for n in range(3)]
    assert feed["items"][0]["authors"] == [{"name": "Ann <b>", "url": "http://testserver/authors/ann/"}]


def test_an_unknown_feed_format_is_not_found(reader, newsroom):
    assert reader.get("/feed/nonsense.xml").status == 404


def locations(got):
    return [node.text for node in ElementTree.fromstring(got.body).iter() if node.tag.endswith("}loc")]


def test_the_sitemap_leads_to_every_article(reader, newsroom):
    parts = locations(reader.get("/sitemap.xml"))
    found = [url for part in parts for url in locations(reader.get(part.removeprefix("http://testserver")))]
    assert {a.full_url for a in Article.objects.live()} <= set(found)
    assert "http://testserver/world/" in found


def test_a_month_of_many_is_told_in_parts_of_which_one_more_touches_the_last(reader, edition, newsroom, monkeypatch):
    monkeypatch.setattr(decide, "PART", 2)
    month = NOW.replace(year=NOW.year - 1, day=5, hour=12)
    made = [make_article(newsroom, at=month + timedelta(hours=hour)) for hour in range(3)]
    for _ in range(2):
        follow.follow()  # a new edition begins its log; PostgreSQL then shows it what this transaction wrote before
    first = f"/sitemap-{month:%Y-%m}.xml"
    second, third = first.replace(".xml", "-2.xml"), first.replace(".xml", "-3.xml")
    assert {f"http://testserver{path}" for path in (first, second)} <= set(locations(reader.get("/sitemap.xml")))
    assert locations(reader.get(first)) == [article.full_url for article in made[:2]]
    assert locations(reader.get(second)) == [made[2].full_url]
    assert reader.get(third).status == 404
    make_article(newsroom, at=month + timedelta(hours=3))
    follow.follow()
    assert set(edition.waiting()) == {second}
    make_article(newsroom, at=month + timedelta(hours=4))
    follow.follow()
    assert set(edition.waiting()) == {second, "/sitemap.xml"}
    assert f"http://testserver{third}" in locations(reader.get("/sitemap.xml"))
    assert len(locations(reader.get(third))) == 1
    made[0].unpublish()
    follow.follow()
    assert {first, second, third} <= set(edition.waiting())
    assert len(locations(reader.get(first))) == len(locations(reader.get(second))) == 2
    assert reader.get(third).status == 404


@pytest.mark.parametrize("part", ["-0", "-1", "-02", "-99999"])
def test_a_part_has_one_address(reader, newsroom, part):
    assert reader.get(f"/sitemap-{NOW:%Y-%m}{part}.xml").status == 404


def test_the_news_sitemap_holds_48_hours_and_changes_by_itself(reader, edition, newsroom):
    found = locations(reader.get("/sitemap-news.xml"))
    assert found == ["http://testserver/world/fish-0/", "http://testserver/world/fish-1/"]
    expires = edition.status("/sitemap-news.xml").expires
    assert abs(expires - (NOW + timedelta(days=1)).timestamp()) < 5


def test_structured_data_of_an_article(reader, newsroom):
    frame = context_of(Article.objects.get(slug="fish-0"))["frame"]
    article, breadcrumb = (json.loads(document) for document in frame.structured_data)
    assert article["@type"] == "NewsArticle"
    assert article["headline"] == "Fish & chips <0>"
    assert article["author"][0]["name"] == "Ann <b>"
    assert article["image"][0]["creditText"] == "Somebody"
    assert re.match(r"\d{4}-\d\d-\d\dT", article["datePublished"])
    assert [e["name"] for e in breadcrumb["itemListElement"]] == ["Home", "World & more", "Fish & chips <0>"]


def test_nothing_in_structured_data_can_end_its_script():
    assert "</script" not in structured_data.dump({"headline": "</script><script>alert(1)</script>"})
    assert json.loads(structured_data.dump({"h": "a<b>&\u2028"}))["h"] == "a<b>&\u2028"


def test_robots_names_the_sitemaps(reader, newsroom):
    text = reader.get("/robots.txt").text
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Disallow: /desk/" in text and "Disallow: /account/" in text
