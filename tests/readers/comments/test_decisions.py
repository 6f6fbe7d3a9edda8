"""What a comment looks like, what is spam, and in which order comments are read: without a database."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.readers.comments.decide import markdown, spam, threads
from broadsheet.readers.comments.decide.spam import Signs, judge

BASE = "https://paper.example"
NOW = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("One\ntwo\n\nthree", "<p>One<br>\ntwo</p>\n<p>three</p>"),
        ("*em* **strong** `code`", "<p><em>em</em> <strong>strong</strong> <code>code</code></p>"),
        ("# Not a heading", "<p># Not a heading</p>"),
        ("![picture](https://a.example/x.png)", "a.example/x.png"),
        ("<b>bold</b>", "&lt;b&gt;bold&lt;/b&gt;"),
        ("> he said", "<blockquote>"),
        ("- one\n- two", "<li>one</li>"),
        ("2 < 3 & 4", "2 &lt; 3 &amp; 4"),
    ],
)
def test_a_part_of_markdown_is_shown(text: str, html: str):
    assert html in markdown.rendered(text, BASE)


def test_links_are_marked_as_a_readers():
    for text in ("see https://a.example/x?y=1&z=2.", "[here](https://a.example/x?y=1&z=2)"):
        found = markdown.rendered(text, BASE)
        assert '<a href="https://a.example/x?y=1&amp;z=2" rel="nofollow ugc noopener">' in found, found
    assert "<img" not in markdown.rendered("![p](https://a.example/x.png)", BASE)


def test_an_address_counts_once():
    assert markdown.count_links("https://www.a.example/?u=https://b.example and www.c.example") == 2
    assert markdown.count_links("no address") == 0


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "<javascript:alert(1)>",
        "[x]( vbscript:x)",
    ],
)
def test_no_link_does_anything_but_lead_somewhere(text: str):
    assert "href" not in markdown.rendered(text, BASE)


def test_a_very_deep_or_long_text_is_shown_in_time():
    for text in (">" * 4000, "[" * 4000, "*" * 4000, "- " * 2000, "`" * 3999, "(" * 4000 + "https://a.example"):
        assert len(markdown.rendered(text, BASE)) < 400_000


GOOD = Signs(approved_before=3)


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({}, spam.PUBLISH),
        ({"approved_before": 0}, spam.LOOK),
        ({"approved_before": 0, "staff": True}, spam.PUBLISH),
        ({"seconds": 1.0}, spam.LOOK),
        ({"seconds": 9.0}, spam.PUBLISH),
        ({"links": 1}, spam.PUBLISH),
        ({"links": 2}, spam.LOOK),
        ({"repeated": True}, spam.LOOK),
        ({"repeated": True, "links": 1}, spam.SPAM),
        ({"trapped": True}, spam.SPAM),
        ({"service": True}, spam.SPAM),
        ({"service": False}, spam.PUBLISH),
        ({"spam": 0.69}, spam.PUBLISH),
        ({"spam": 0.7}, spam.LOOK),
        ({"spam": 0.97}, spam.SPAM),
        ({"shouted": True}, spam.LOOK),
    ],
)
def test_signs_are_judged_and_named(change: dict, state: str):
    verdict = judge(replace(GOOD, **change), "first")
    assert verdict.state == state
    assert bool(verdict.signs) == (state != spam.PUBLISH)


def test_what_moderators_see_before():
    assert judge(GOOD, "all").state == spam.LOOK
    assert judge(replace(GOOD, approved_before=0), "odd").state == spam.PUBLISH


def test_the_classifier_says_nothing_before_it_has_learned():
    assert spam.spam_of({"casino"}, {"casino": (9, 0)}, spam.ENOUGH, spam.ENOUGH - 1) is None


def test_the_classifier_tells_spam_from_talk():
    known = {"casino": (30, 0), "bonus": (25, 1), "ferry": (0, 30), "harbour": (1, 28), "the": (40, 40)}
    bad = spam.spam_of({"casino", "bonus", "the", "never-seen"}, known, 50, 50)
    good = spam.spam_of({"ferry", "harbour", "the"}, known, 50, 50)
    unsure = spam.spam_of({"the", "never-seen"}, known, 50, 50)
    assert bad > 0.9 and good < 0.1 and unsure == 0.5
    assert spam.spam_of({"casino", "ferry"}, known, 50, 50) == pytest.approx(0.5, abs=0.1)
    many = {f"w{n}": (100, 0) for n in range(500)}
    assert 0.99 < spam.spam_of(many, many, 100, 100) <= 1.0


def test_fishers_chance_is_that_of_the_chi_square_distribution():
    """For one chance it is that chance itself; for two, p(1 - ln p) of their product."""
    assert spam._fisher([0.3]) == pytest.approx(0.3)
    assert spam._fisher([0.2, 0.5]) == pytest.approx(0.1 * (1 - math.log(0.1)))


def shown(number: int, parent: int | None = None, *, removed: bool = False) -> threads.Shown:
    return threads.Shown(
        id=number,
        parent=parent,
        depth=0,
        name="A",
        html="x",
        at=NOW,
        edited=False,
        staff="",
        pick=False,
        removed=removed,
    )


def test_answers_follow_what_they_answer():
    roots = [shown(7), shown(1), shown(9, removed=True), shown(20, removed=True)]
    answers = [
        shown(2, 1),
        shown(3, 2),
        shown(4, 1),
        shown(8, 7),
        shown(10, 9),
        shown(21, 20, removed=True),
        shown(30, 29),
    ]
    assert [found.id for found in threads.in_order(roots, answers)] == [7, 8, 1, 2, 3, 4, 9, 10]


@pytest.mark.parametrize(
    ("article", "days", "after", "open_"),
    [
        ("", 0, 14, True),
        ("", 14, 14, False),
        ("", 99, 0, True),
        ("open", 99, 14, True),
        ("closed", 0, 0, False),
        ("off", 0, 0, False),
    ],
)
def test_when_comments_close(article: str, days: int, after: int, open_: bool):
    at = NOW - timedelta(days=days)
    assert threads.is_open(taken=True, article=article, published_at=at, close_after=after, now=NOW) is open_
    assert not threads.is_open(taken=False, article=article, published_at=at, close_after=after, now=NOW)
