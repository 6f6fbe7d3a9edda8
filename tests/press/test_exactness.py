"""A change makes those leaves stale that show it, and no others."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from wagtail.models import Site

from broadsheet.newsroom.models import Article, HomePage, Paper, Person, Section, Topic
from broadsheet.press import follow, purge_log
from tests.factories import make_article, make_person, make_section, make_topic, republish
from tests.press.comparison import Comparison, Tally
from tests.press.random_newsroom import RandomNewsroom

NOW = timezone.now().replace(microsecond=0)


def changed_by(reader, edition, act):
    """The paths that were fresh before and are stale after."""
    follow.follow()
    for path in all_paths():
        reader.get(path)
    assert edition.counts()["stale"] == 0
    act()
    follow.follow()
    return {leaf.path for leaf in edition.statuses() if leaf.stale_since}


def all_paths():
    pages = [p.get_url() for m in (HomePage, Section, Article) for p in m.objects.live()]
    people = [p.get_absolute_url() for p in Person.objects.all()]
    topics = [t.get_absolute_url() for t in Topic.objects.all()]
    feeds = [f"{path}feed/rss.xml" for path in ["/", *people, *topics]]
    feeds += [f"{section.get_url()}feed/atom.xml" for section in Section.objects.live()]
    months = {f"/sitemap-{a.published_at:%Y-%m}.xml" for a in Article.objects.live()}
    return [*pages, *people, *topics, *feeds, *months, "/archive/", "/authors/", "/sitemap.xml", "/sitemap-pages.xml"]


@pytest.fixture
def newsroom(paper):
    world, sport = make_section(title="World", slug="world"), make_section(title="Sport", slug="sport")
    ann, ben = make_person("Ann", slug="ann"), make_person("Ben", slug="ben")
    trade, tennis = make_topic("Trade", slug="trade"), make_topic("Tennis", slug="tennis")
    for number in range(4):
        at = NOW - timedelta(days=number + 1)
        make_article(world, at=at, authors=[ann], topics=[trade], slug=f"world-{number}")
        make_article(sport, at=at, authors=[ben], topics=[tennis], slug=f"sport-{number}")


def test_a_new_article_shows_everywhere_at_the_readers_next_request(reader, newsroom):
    article_lists = ["/", "/world/", "/authors/ann/", "/topics/trade/", "/feed/rss.xml", "/world/feed/rss.xml"]
    for path in [*article_lists, "/sitemap-news.xml", "/archive/"]:
        assert "Fresh off the press" not in reader.sees(path)
    make_article(
        Section.objects.get(slug="world"),
        title="Fresh off the press",
        slug="fresh",
        authors=[Person.objects.get(slug="ann")],
        topics=[Topic.objects.get(slug="trade")],
    )
    for path in [*article_lists, "/sitemap-news.xml", "/archive/", "/world/fresh/"]:
        assert "Fresh off the press" in reader.sees(path), path


def test_a_withdrawn_article_is_gone_at_the_next_request(reader, newsroom):
    article = Article.objects.get(slug="world-0")
    assert article.title in reader.sees("/world/")
    assert reader.get("/world/world-0/").status == 200
    article.unpublish()
    assert article.title not in reader.sees("/world/")
    assert reader.get("/world/world-0/").status == 404


def test_editing_an_article_touches_nothing_of_another_section(reader, edition, newsroom):
    stale = changed_by(reader, edition, lambda: republish(Article.objects.get(slug="sport-3"), title="Retitled"))
    assert {"/sport/sport-3/", "/sport/", "/", "/authors/ben/", "/topics/tennis/"} <= stale
    assert not {path for path in stale if path.startswith(("/world/", "/authors/ann", "/topics/trade"))}


def test_publishing_in_one_section_leaves_the_other_untouched(reader, edition, newsroom):
    sport = Section.objects.get(slug="sport")
    stale = changed_by(reader, edition, lambda: make_article(sport, slug="sport-new"))
    assert {"/", "/sport/", "/sport/sport-0/"} <= stale  # its newest had no next article
    assert not {path for path in stale if path.startswith(("/world/", "/authors/", "/topics/"))}


def test_an_older_page_of_the_archive_is_not_touched_by_what_is_new(reader, edition, paper):
    section = make_section(slug="long")
    for number in range(45):
        make_article(section, at=NOW - timedelta(hours=number + 1), slug=f"long-{number}")
    first = reader.sees("/long/")
    older = first.split("/long/older/")[1].split('"')[0]
    reader.get(f"/long/older/{older}")
    make_article(section, slug="long-new")
    follow.follow()
    assert edition.status("/long/").stale_since
    assert edition.status(f"/long/older/{older}").stale_since is None


def test_a_month_is_paged_by_where_each_page_starts(reader, edition, paper, monkeypatch):
    monkeypatch.setattr("broadsheet.press.views.pages.PERIOD_LENGTH", 4)
    section, noon = make_section(), timezone.localtime(NOW).replace(year=2026, month=3, day=15, hour=12)
    for hours in range(10):
        make_article(section, at=noon - timedelta(hours=hours), title=f"March report {hours:02d}")
    make_article(section, at=noon - timedelta(days=20), title="A February report")
    make_article(section, at=noon + timedelta(days=20), title="An April report")
    path, seen = "/archive/2026/03/", []
    while path:
        text = reader.sees(path)
        seen += sorted(set(re.findall(r"March report \d\d", text)))
        assert "February report" not in text
        assert "April report" not in text
        following = [url for url in re.findall(r"/archive/2026/03/older/[^/\"]+/", text) if url != path]
        path = following[0] if following else ""
    assert seen == [f"March report {hours:02d}" for hours in range(10)]
    assert reader.get("/archive/2026/02/older/20260301T120000000000-1/").status == 404


def test_a_made_up_place_in_the_archive_is_answered_and_not_kept(reader, edition, newsroom):
    made_up = "/world/older/20990101T000000000000-7/"
    assert reader.get(made_up).status == 200
    assert edition.status(made_up) is None
    assert reader.get("/archive/older/20991399T000000000000-7/").status == 404


def test_a_draft_touches_nothing(reader, edition, newsroom):
    article = Article.objects.get(slug="world-1")
    article.title = "Only a draft"
    assert changed_by(reader, edition, lambda: article.save_revision()) == set()


def test_renaming_an_author_touches_the_pages_that_name_them(reader, edition, newsroom):
    ann = Person.objects.get(slug="ann")
    ann.name = "Anna"
    stale = changed_by(reader, edition, ann.save)
    assert {"/authors/ann/", "/world/world-0/", "/authors/"} <= stale
    assert "/authors/ben/" not in stale
    assert "Anna" in reader.sees("/world/world-0/")


def test_a_new_section_and_a_new_tagline_reach_every_page(reader, edition, newsroom):
    assert "/world/world-0/" in changed_by(reader, edition, lambda: make_section(title="Weather", slug="weather"))
    assert "Weather" in reader.sees("/world/world-0/")
    settings = Paper.for_site(Site.objects.get())
    settings.tagline = "All of it"
    assert "/sport/" in changed_by(reader, edition, settings.save)


@pytest.mark.parametrize("seed", [1, 2])
def test_every_change_makes_stale_what_it_changes(reader, edition, paper, seed):
    """The long run of this is bench/exactness.py."""
    newsroom, tally = RandomNewsroom(seed), Tally()
    newsroom.build()
    comparison = Comparison(newsroom, reader.front.printer, edition, tally)
    for _ in range(25):
        comparison.change()
    assert tally.missed == []
    assert tally.changed > 0
    assert tally.over_purged < 0.5, tally.over


@pytest.mark.parametrize("whole", [1, 1000])
def test_the_comparison_finds_a_purge_that_is_missing(reader, edition, paper, monkeypatch, whole):
    """The broken twin: without the purges of saved objects, differences must be found."""
    newsroom, tally = RandomNewsroom(3), Tally()
    newsroom.build()
    comparison = Comparison(newsroom, reader.front.printer, edition, tally, whole=whole)
    monkeypatch.setattr(purge_log, "append", lambda keys, reason="": None)
    for _ in range(8):
        comparison.change()
    assert tally.missed
