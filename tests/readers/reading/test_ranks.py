"""What was read most, and what is hot: ranked from the views, shown in live boxes that make no page stale."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from broadsheet.newsroom.models import Article
from broadsheet.press import follow
from broadsheet.press.edition import open_edition
from broadsheet.press.models import Purge
from broadsheet.readers.reading import pins, tasks
from broadsheet.readers.reading.models import Grain, Rank, Tally, Window
from broadsheet.readers.reading.ranks import places, rank
from tests.factories import make_article, make_section

HOUR, DAY = 3600, 86_400


def read(article, views, ago=60, grain=Grain.MINUTE):
    width = {Grain.MINUTE: 60, Grain.HOUR: HOUR, Grain.DAY: DAY}[grain]
    at = int(time.time()) - ago
    Tally.objects.create(article=article, grain=grain, at=at - at % width, views=views)


@pytest.fixture
def articles(readers):
    news = make_section(slug="news", title="News")
    old = timezone.now() - timedelta(days=30)
    return [make_article(news, slug=f"report-{n}", title=f"Report number {n}", at=old) for n in range(8)]


def ids(window):
    return [(place.article, place.views) for place in places(window)]


def test_periods_are_ranked_across_buckets_of_every_width(articles):
    one, two, three, four, *_ = articles
    read(one, 3)
    read(two, 5, 5 * HOUR, Grain.HOUR)
    read(one, 1, 6 * HOUR, Grain.HOUR)
    read(three, 50, 4 * DAY, Grain.DAY)
    read(four, 400, 20 * DAY, Grain.DAY)
    read(four, 9000, 60 * DAY, Grain.DAY)
    rank()
    assert ids(Window.HOUR) == [(one.pk, 3)]
    assert ids(Window.DAY) == [(two.pk, 5), (one.pk, 4)]
    assert ids(Window.WEEK) == [(three.pk, 50), (two.pk, 5), (one.pk, 4)]
    assert ids(Window.MONTH)[0] == (four.pk, 400)


def test_ranks_that_stay_are_not_written(articles):
    read(articles[0], 3)
    rank()
    with CaptureQueriesContext(connection) as queries:
        rank()
    assert [query["sql"] for query in queries if not query["sql"].startswith("SELECT")] == []


def test_ranking_asks_the_same_however_much_was_read(articles):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            rank()
        return len([query for query in queries if query["sql"].startswith("SELECT")])

    read(articles[0], 3)
    few = asked()
    for article in articles[1:]:
        read(article, 5)
        read(article, 5, 2 * DAY, Grain.HOUR)
    assert asked() == few


def test_hot_is_what_is_read_above_its_habit(articles):
    evergreen, sudden, new = articles[:3]
    Article.objects.filter(pk=new.pk).update(published_at=timezone.now() - timedelta(minutes=30))
    for days in range(1, 7):
        read(evergreen, 2400, days * DAY, Grain.DAY)
    for minutes in range(1, 60):
        read(evergreen, 1, minutes * 60)
    read(sudden, 40, 300)
    read(new, 25, 300)
    rank()
    assert [article for article, _ in ids(Window.HOT)] == [sudden.pk, new.pk]
    assert ids(Window.HOUR)[0][0] == evergreen.pk


def test_a_view_through_a_cached_page_ranks_with_the_next_round_of_jobs(readers, articles):
    follow.follow()
    page = readers.ask("/news/report-3/")[2].decode()
    beacon = re.search(r'data-seen="/seen/(\d+)/"', page)[1]
    for number in range(6):
        readers.beacon(beacon, f"192.0.2.{number + 1}")
    readers.clerk.work()
    tasks.rank.enqueue()
    edition = open_edition()
    for path in ("/boxes/hot/", "/boxes/top/"):
        edition.drop(path)  # as when its minute is over
        box = readers.ask(path)[2].decode()
        assert "Report number 3" in box
        assert "6 views" in box


def test_boxes_are_baked_in_and_make_no_page_stale(readers, articles):
    read(articles[1], 4)
    rank()
    follow.follow()
    home, article = (readers.ask(path)[2].decode() for path in ("/", "/news/report-5/"))
    assert 'id="hot-title"' in home
    assert "4 views" in home
    assert "Report number 1" in re.search(r'<live-box src="/boxes/top/".*?</live-box>', article, re.DOTALL)[0]
    before = Purge.objects.count()
    read(articles[2], 40)
    rank()
    tasks.roll_up.enqueue()
    follow.follow()
    assert Purge.objects.count() == before
    assert [path for path in ("/", "/news/report-5/") if open_edition().status(path).stale_since] == []


def test_where_nothing_was_read_there_is_no_box(readers, articles):
    follow.follow()
    assert readers.ask("/boxes/hot/")[2] == b""
    assert readers.ask("/boxes/top/")[2] == b""
    assert "hot-title" not in readers.ask("/")[2].decode()


def test_what_was_withdrawn_leaves_box_and_page(readers, articles):
    read(articles[1], 4)
    read(articles[2], 3)
    rank()
    follow.follow()
    assert "Report number 1" in re.search(r"<live-box.*?</live-box>", readers.ask("/")[2].decode(), re.DOTALL)[0]
    Article.objects.get(pk=articles[1].pk).unpublish()
    follow.follow()
    for path in ("/boxes/hot/", "/boxes/top/", "/"):
        assert "Report number 1" not in readers.ask(path)[2].decode()
    assert "Report number 2" in readers.ask("/boxes/top/")[2].decode()


def test_pins_stand_where_they_were_set_at_once_and_leave_by_themselves(readers, articles):
    for number, article in enumerate(articles[:5]):
        read(article, 50 - number)
    rank()
    follow.follow()
    readers.ask("/boxes/hot/")
    pinned = pins.pin(articles[6], 2, timezone.now() + timedelta(hours=1))
    follow.follow()
    titles = re.findall(r"Report number (\d)", readers.ask("/boxes/hot/")[2].decode())
    assert titles == ["0", "6", "1", "2", "3"]
    assert open_edition().status("/") is None or not open_edition().status("/").stale_since
    pinned.until = timezone.now() - timedelta(seconds=1)
    pinned.save()
    assert pins.current() == []
    pins.unpin(pinned)
    follow.follow()
    assert re.findall(r"Report number (\d)", readers.ask("/boxes/hot/")[2].decode()) == list("01234")


def test_a_box_costs_the_same_queries_however_much_stands_in_it(readers, articles):
    def asked(path):
        printer = readers.front.printer
        with CaptureQueriesContext(connection) as queries:
            printer.render(path, printer.terms(path))
        return len(queries)

    read(articles[0], 5)
    rank()
    asked("/")
    few = [asked("/boxes/hot/"), asked("/boxes/top/")]
    for article in articles:
        read(article, 7, 120)
    rank()
    assert [asked("/boxes/hot/"), asked("/boxes/top/")] == few


def test_ranks_name_no_article_twice(articles):
    for number, article in enumerate(articles):
        read(article, number + 1)
        read(article, number + 1, 200)
    rank()
    for window in Window:
        found = list(Rank.objects.filter(window=window).values_list("article_id", flat=True))
        assert len(found) == len(set(found))
