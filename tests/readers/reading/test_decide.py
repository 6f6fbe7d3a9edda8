"""What folds, what is hot, where readers come from: decided without a database."""

from __future__ import annotations

import pytest

from broadsheet.readers.reading import decide, events
from broadsheet.readers.reading.decide import FOLD_SECONDS, HALF_LIFE, Pace, Seen, gather, heat, hottest, with_pins
from broadsheet.readers.reading.events import Event
from broadsheet.readers.reading.origins import origin

OWN = frozenset({"paper.example", "www.paper.example"})


def view(at=1000, key=1, article=7, **more):
    return Event(at=at, key=key, article=article, **{"group": "direct", **more})


def total(batch):
    return sum(sums.views for sums in batch.tallies.values())


def test_a_line_says_what_was_written():
    written = view(group="search", host="duckduckgo.com")
    assert list(events.read(events.write(written))) == [written]


@pytest.mark.parametrize("line", [b"", b"1 2 3\n", b"a b c d e f\n", b"\xff 1 1 0  \n", b"1 2 3 0 direct x y\n"])
def test_damaged_lines_are_left_out(line):
    assert list(events.read(line + events.write(view()))) == [view()]


def test_repeats_fold_within_a_batch_and_into_what_was_counted_before():
    batch = gather([view(), view(at=1001), view(at=1002, key=2)], {}, {7})
    assert total(batch) == 2
    assert total(gather([view(at=1000 + FOLD_SECONDS - 1)], batch.seen, {7})) == 0
    assert total(gather([view(at=1000 + FOLD_SECONDS)], batch.seen, {7})) == 1


def test_a_quarter_is_added_once_and_needs_a_view():
    batch = gather([view(), view(quarter=2), view(quarter=1), view(quarter=4)], {}, {7})
    assert batch.tallies[7, 960].quarters == [1, 1, 1, 1]
    assert gather([view(quarter=2)], {}, {7}).tallies == {}
    assert gather([view(quarter=2)], {1: Seen(at=1000, quarter=1)}, {7}).tallies[7, 960].quarters == [0, 1, 0, 0]


def test_more_readers_now_are_hotter_and_older_views_count_for_less():
    assert heat(Pace(recent=[(0, 50)], habit=0)) > heat(Pace(recent=[(0, 40)], habit=0))
    assert heat(Pace(recent=[(0, 50)], habit=0)) == pytest.approx(2 * heat(Pace(recent=[(HALF_LIFE, 50)], habit=0)))


def test_what_is_read_as_usual_is_not_hot_however_much_it_is_read():
    steady = Pace(recent=[(minute * 60, 10) for minute in range(180)], habit=600)
    assert abs(heat(steady)) < 1
    assert hottest({1: steady, 2: Pace(recent=[(60, 30)], habit=1)}, 5)[0] == 2


def test_one_view_of_a_quiet_article_does_not_beat_a_run_on_another():
    paces = {1: Pace(recent=[(10, 1)], habit=0), 2: Pace(recent=[(600, 200)], habit=20)}
    assert hottest(paces, 2) == [2, 1]


def test_what_is_read_less_than_usual_is_not_hot():
    assert hottest({1: Pace(recent=[(60, 1)], habit=500)}, 5) == []


def test_pins_hold_their_places():
    assert with_pins([1, 2, 3], [], 3) == [1, 2, 3]
    assert with_pins([1, 2, 3], [(1, 9)], 3) == [9, 1, 2]
    assert with_pins([1, 2, 3], [(2, 3)], 3) == [1, 3, 2]
    assert with_pins([], [(5, 9)], 3) == [9]


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("", ("direct", "")),
        ("paper.example", ("internal", "")),
        ("www.paper.example:443", ("internal", "")),
        ("WWW.Google.COM", ("search", "google.com")),
        ("www.google.co.uk", ("search", "google.co.uk")),
        ("uk.search.yahoo.com", ("search", "uk.search.yahoo.com")),
        ("mail.google.com", ("elsewhere", "mail.google.com")),
        ("duckduckgo.com", ("search", "duckduckgo.com")),
        ("l.facebook.com", ("social", "l.facebook.com")),
        ("t.co", ("social", "t.co")),
        ("not-t.co", ("elsewhere", "not-t.co")),
        ("bing.evil.example", ("elsewhere", "bing.evil.example")),
        ("user@blog.example", ("elsewhere", "blog.example")),
        ("localhost", ("direct", "")),
        ("10.0.0.1", ("direct", "")),
        ("a..b.example", ("direct", "")),
        ("x y.example", ("direct", "")),
    ],
)
def test_hosts_are_sorted_into_groups(host, expected):
    assert origin(host, OWN) == expected


@pytest.mark.parametrize("seconds", [decide.HOUR, decide.DAY, decide.WEEK, 30 * decide.DAY])
def test_a_period_begins_on_the_edge_of_its_buckets(seconds):
    begin = decide.since(1_795_581_694, seconds)
    assert seconds <= 1_795_581_694 - begin < seconds + decide.DAY
    assert begin % 60 == 0
