"""The lists an article stands in, and what reading them costs."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from broadsheet.newsroom import lists
from broadsheet.newsroom.lists import Cursor, Entry, ListRef
from broadsheet.newsroom.models import Article, Listing, ListKind, MonthCount, Section
from tests.factories import make_article, make_person, make_section, make_topic, republish

NOW = timezone.now().replace(microsecond=0)


def places(article: Article) -> set[tuple[int, int]]:
    return set(Listing.objects.filter(article=article).values_list("kind", "ref"))


def ids(of: ListRef, limit: int = 50, **more: object) -> list[int]:
    return [entry.article for entry in lists.newest(of, limit, **more)]


def in_section(section: Section) -> ListRef:
    return ListRef(kind=ListKind.SECTION, ref=section.pk)


def test_an_article_is_listed_in_every_section_above_it(paper):
    market = make_section(title="Market")
    media = make_section(market, title="Media")
    news = make_section(media, title="News")
    author, topic = make_person(), make_topic()
    article = make_article(news, authors=[author], topics=[topic])
    assert places(article) == {
        (ListKind.SITE, 0),
        *((ListKind.SECTION, section.pk) for section in (market, media, news)),
        (ListKind.PERSON, author.pk),
        (ListKind.TOPIC, topic.pk),
    }


def test_a_draft_is_listed_nowhere_and_a_withdrawn_article_neither(paper):
    article = make_article(make_section(), publish=False)
    assert places(article) == set()
    article.save_revision().publish()
    assert places(article)
    Article.objects.get(pk=article.pk).unpublish()
    assert places(article) == set()
    assert not MonthCount.objects.filter(count__gt=0).exists()


def test_a_draft_of_a_published_article_changes_no_list(paper):
    article = make_article(make_section(), topics=[make_topic()])
    before = places(article)
    article.topic_links = []
    article.save_revision()
    assert places(article) == before


def test_a_moved_article_changes_its_sections(paper):
    old, new = make_section(), make_section()
    article = make_article(old)
    article.move(new, pos="last-child")
    assert ids(in_section(old)) == []
    assert ids(in_section(new)) == [article.pk]


def test_a_moved_section_takes_its_articles_along(paper):
    top, other = make_section(), make_section()
    below = make_section(top)
    article = make_article(below)
    below.move(Section.objects.get(pk=other.pk), pos="last-child")
    assert ids(in_section(top)) == []
    assert ids(in_section(other)) == [article.pk]


def test_redating_reorders_and_recounts(paper):
    section = make_section()
    first, second = (make_article(section, at=NOW - timedelta(days=n)) for n in (40, 1))
    assert ids(in_section(section)) == [second.pk, first.pk]
    republish(second, published_at=NOW - timedelta(days=80))
    assert ids(in_section(section)) == [first.pk, second.pk]
    counted = {row.month: row.count for row in lists.months(lists.WHOLE_PAPER)}
    assert sum(counted.values()) == 2
    assert len(counted) == 2


def test_a_deleted_article_leaves_its_lists(paper):
    article = make_article(make_section())
    article.delete()
    assert not Listing.objects.exists()
    assert not MonthCount.objects.filter(count__gt=0).exists()


def test_keyset_pages_cover_the_list_once_even_with_equal_dates(paper):
    section = make_section()
    made = {make_article(section, at=NOW - timedelta(hours=n // 3)).pk for n in range(11)}
    seen: list[int] = []
    cursor = None
    while page := lists.newest(in_section(section), 4, before=cursor):
        seen += [entry.article for entry in page]
        cursor = Cursor(at=page[-1].at, article=page[-1].article)
    assert len(seen) == 11
    assert set(seen) == made


def test_neighbours_walk_the_section_in_both_directions(paper):
    section = make_section()
    made = [make_article(section, at=NOW - timedelta(hours=n // 2)) for n in range(5)]
    order = ids(in_section(section))
    by_id = {article.pk: article for article in made}
    for place, pk in enumerate(order):
        older, newer = lists.neighbours(in_section(section), Entry(article=pk, at=by_id[pk].published_at))
        assert (older.article if older else None) == (order[place + 1] if place + 1 < len(order) else None)
        assert (newer.article if newer else None) == (order[place - 1] if place else None)


def test_reading_a_list_costs_the_same_for_any_number_of_cards(paper):
    section, author = make_section(), make_person()
    for _ in range(12):
        make_article(section, authors=[author])
    counts = []
    for limit in (2, 12):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            found = lists.articles(ids(in_section(section), limit))
            assert [b.person.name for a in found.values() for b in a.bylines.all()] == [author.name] * limit
        counts.append(len(queries))
    assert counts[0] == counts[1] <= 4


@pytest.mark.parametrize("cursor", [None, Cursor(at=NOW, article=5)])
def test_lists_are_walked_along_their_index(paper, cursor):
    with CaptureQueriesContext(connection) as queries:
        lists.newest(ListRef(kind=ListKind.SECTION, ref=1), 20, before=cursor)
    sql = queries[0]["sql"]
    with connection.cursor() as db:
        if connection.vendor == "sqlite":
            db.execute(f"EXPLAIN QUERY PLAN {sql}")
            plan = " ".join(str(row) for row in db.fetchall())
            assert "TEMP B-TREE" not in plan
        else:
            db.execute("SET LOCAL enable_seqscan = off")
            db.execute("SET LOCAL enable_bitmapscan = off")
            db.execute(f"EXPLAIN {sql}")
            plan = " ".join(row[0] for row in db.fetchall())
            assert "Sort" not in plan
    assert "listing_newest" in plan
