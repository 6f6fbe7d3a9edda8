"""Decisions over values."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.wire.decide import (
    Known,
    Outcome,
    Report,
    Rule,
    canonical,
    decide_filing,
    fingerprint,
    is_silent,
    next_poll,
    report_from,
    usual_gap,
    what_changed,
)
from broadsheet.wire.formats import ParsedItem
from tests.wire import samples

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def seconds(outcome: Outcome, *, interval: int = 900, failures: int = 0, chance: float = 0.0) -> float:
    plan = next_poll(outcome, interval=interval, failures=failures, now=NOW, chance=chance, bounds=(300, 21_600))
    return (plan.at - NOW).total_seconds()


def test_a_busy_feed_is_asked_more_often_and_a_quiet_one_less() -> None:
    assert seconds(Outcome(arrived=3)) < 900 < seconds(Outcome())
    assert seconds(Outcome(arrived=3), interval=310) == 300
    assert seconds(Outcome(), interval=21_000) == 21_600


def test_a_feeds_own_wish_is_kept_to() -> None:
    assert seconds(Outcome(arrived=5, ttl=60)) == 3_600
    assert seconds(Outcome(arrived=5, max_age=1_800.0)) == 1_800
    assert seconds(Outcome(arrived=5, retry_after=7_200.0)) == 7_200


def test_failures_are_met_with_ever_longer_pauses_up_to_a_day() -> None:
    pauses = [seconds(Outcome(failed=True), failures=count) for count in range(1, 15)]
    assert pauses[:3] == [300, 600, 1_200]
    assert pauses == sorted(pauses) and pauses[-1] <= 86_400
    assert seconds(Outcome(failed=True, retry_after=500_000.0), failures=1) == 500_000


def test_jitter_only_ever_waits_longer() -> None:
    assert seconds(Outcome()) < seconds(Outcome(), chance=1.0) <= seconds(Outcome()) * 1.15


def test_a_feed_that_is_gone_is_asked_no_more() -> None:
    plan = next_poll(Outcome(failed=True, gone=True), interval=900, failures=1, now=NOW, chance=0, bounds=(300, 21_600))
    assert not plan.active


def test_silence_is_measured_by_the_feeds_own_rhythm() -> None:
    hourly = [NOW - timedelta(hours=hours) for hours in range(10)]
    assert usual_gap(hourly) == 3_600
    assert usual_gap(hourly[:2]) == 0
    assert not is_silent(usual_gap=3_600, last_item_at=NOW - timedelta(hours=20), now=NOW)
    assert is_silent(usual_gap=3_600, last_item_at=NOW - timedelta(hours=25), now=NOW)
    assert not is_silent(usual_gap=7 * 86_400, last_item_at=NOW - timedelta(days=20), now=NOW)


@pytest.mark.parametrize(
    "same",
    [
        "http://Paper.example/news/1",
        "https://paper.example:443/news/1/",
        "https://paper.example/news/1?utm_source=rss#c",
        "https://paper.example/news/1/amp",
    ],
)
def test_one_address_in_many_spellings(same: str) -> None:
    assert canonical(same) == "https://paper.example/news/1"
    assert canonical("https://paper.example/news/1?id=2") != canonical(same)


def test_a_fingerprint_ignores_case_and_punctuation_but_not_words() -> None:
    assert fingerprint(samples.BODY) == fingerprint(samples.BODY.upper().replace(",", " –"))
    assert fingerprint(samples.BODY) != fingerprint(samples.BODY.replace("two years", "three years"))
    assert fingerprint("Too short to tell") == ""


def report(**fields: object) -> Report:
    entry = ParsedItem(
        guid="1",
        url="https://coast.example/1?utm_source=x",
        title="Mole to be rebuilt",
        content_html=f'<p>{samples.BODY}</p><p>Advertisement</p><img src="/a.jpg">',
        categories=("Harbour",),
        image_url="https://coast.example/a.jpg",
    )
    return report_from(dataclasses.replace(entry, **fields), language="en-GB", images_allowed=False)  # type: ignore[arg-type]


def test_a_report_is_clean_and_no_richer_than_its_rights() -> None:
    made = report()
    assert made.body_html == f"<p>{samples.BODY}</p>"
    assert (made.image_url, made.url) == ("", "https://coast.example/1")
    assert made.summary.startswith("The harbour board voted") and len(made.summary) <= 300


def known(made: Report) -> Known:
    names = ("title", "summary", "body_html", "body_text", "image_url", "byline")
    return Known(**{name: getattr(made, name) for name in names})


def test_what_changed_is_named() -> None:
    before = known(report())
    assert not what_changed(before, report())
    assert what_changed(before, report(title="Mole will be rebuilt")).fields == ("title",)
    assert what_changed(before, report(authors=("Rosa Lind",))).fields == ("byline",)
    assert not what_changed(before, report(authors=("Rosa Lind",))).worth_telling


def filed(*rules: Rule) -> tuple[str, str]:
    decision = decide_filing(report(), rules, source_id=7, action="hold", section="news")
    return decision.action, decision.section


def test_the_first_rule_that_fits_decides() -> None:
    assert filed() == ("hold", "news")
    assert filed(Rule(name="a", action="publish", include=("eastern mole",), section="harbour")) == (
        "publish",
        "harbour",
    )
    assert filed(Rule(name="a", action="draft"), Rule(name="b", action="publish")) == ("draft", "news")


@pytest.mark.parametrize(
    "condition",
    [
        {"source_id": 8},
        {"include": ("mol",)},
        {"exclude": ("fishing fleet",)},
        {"language": "de"},
        {"category": "Sport"},
    ],
)
def test_a_rule_whose_condition_fails_is_passed_over(condition: dict[str, object]) -> None:
    assert filed(Rule(name="a", action="publish", **condition)) == ("hold", "news")  # type: ignore[arg-type]
    assert filed(Rule(name="a", action="publish", source_id=7, language="en", category="harbour"))[0] == "publish"
