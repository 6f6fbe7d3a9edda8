"""What a publication will change is told before it is published, and is what then changes."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from broadsheet.newsroom.models import Article
from broadsheet.press import follow, impact
from broadsheet.press.models import Purge
from tests.factories import make_article, make_person, make_section, make_topic

PAGES = ["/", "/world/", "/sport/", "/world/one/", "/sport/other/", "/authors/ann/", "/topics/trade/", "/feed/rss.xml"]


@pytest.fixture
def newsroom(reader):
    for _ in range(2):
        follow.follow()
    world, sport = make_section(title="World", slug="world"), make_section(title="Sport", slug="sport")
    ann, trade = make_person("Ann", slug="ann"), make_topic("Trade", slug="trade")
    yesterday = timezone.now() - timedelta(days=1)
    make_article(world, slug="one", title="The first report", authors=[ann], topics=[trade], at=yesterday)
    make_article(sport, slug="other", title="A match report", at=yesterday)
    follow.follow()
    for path in [*PAGES, "/boxes/latest/"]:
        assert reader.get(path).status == 200
    return world


def stale(edition):
    follow.follow()
    return {leaf.path for leaf in edition.statuses() if leaf.stale_since}


def redraft(article, **values):
    article = Article.objects.get(pk=article.pk)
    for name, value in values.items():
        setattr(article, name, value)
    article.save_revision()
    return article


def test_what_is_foretold_is_what_changes(reader, edition, newsroom):
    article = redraft(Article.objects.get(slug="one"), title="The first report, retitled")
    foretold = impact.of_publishing(article, edition)
    assert stale(edition) == set()
    article.get_latest_revision().publish()
    assert {leaf.path for leaf in foretold.touched} == stale(edition)
    assert (foretold.address, foretold.is_new) == ("/world/one/", False)


def test_a_new_article_and_why(reader, edition, newsroom):
    draft = make_article(newsroom, slug="two", title="The second report", publish=False)
    foretold = impact.of_publishing(draft, edition)
    assert (foretold.address, foretold.is_new) == ("/world/two/", True)
    why = {leaf.path: leaf.reasons for leaf in foretold.touched}
    assert "lists the newest of World" in why["/world/"]
    assert "lists the newest of the whole paper" in why["/"]
    assert "/sport/" not in why
    assert not Article.objects.get(pk=draft.pk).live
    draft.get_latest_revision().publish()
    assert set(why) == stale(edition)


def test_a_withdrawal(reader, edition, newsroom):
    article = Article.objects.get(slug="one")
    foretold = impact.of_withdrawing(article, edition)
    why = {leaf.path: leaf.reasons for leaf in foretold.touched}
    assert why["/world/one/"][0] == "is the article, or shows it whole"
    assert "has a box that names this article" in why["/sport/other/"]
    assert foretold.address == ""
    article.unpublish()
    assert set(why) == stale(edition)


def test_asking_changes_nothing(reader, edition, newsroom):
    article = redraft(Article.objects.get(slug="one"), title="Never published")
    purges, revisions = Purge.objects.count(), article.revisions.count()
    impact.of_publishing(article, edition)
    impact.of_withdrawing(article, edition)
    kept = Article.objects.get(slug="one")
    assert (kept.title, kept.live) == ("The first report", True)
    assert (Purge.objects.count(), kept.revisions.count()) == (purges, revisions)
    assert "Never published" not in reader.sees("/world/one/")


def test_what_is_scheduled_is_looked_at_as_if_its_time_had_come(reader, edition, newsroom):
    article = redraft(
        Article.objects.get(slug="one"), title="Tomorrow's title", go_live_at=timezone.now() + timedelta(days=1)
    )
    assert "/world/one/" in {leaf.path for leaf in impact.of_publishing(article, edition).touched}


@pytest.mark.parametrize("name", ["id", "/world/one/", "http://testserver/world/one/"])
def test_the_command_lists_pages_and_reasons(reader, newsroom, name):
    article = redraft(Article.objects.get(slug="one"), title="The first report, retitled")
    told = StringIO()
    call_command("press", "impact", str(article.pk) if name == "id" else name, stdout=told)
    assert "/world/  shows the headline of this article" in told.getvalue()
    with pytest.raises(CommandError, match="is no article"):
        call_command("press", "impact", "/world/nothing/")
