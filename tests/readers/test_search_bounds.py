"""From when and until when a search looks: days are whole, by the clock of the paper."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client

from broadsheet.readers.search import actions
from broadsheet.readers.search.decide import bounds, day
from tests.factories import make_article, make_section

AUCKLAND = ZoneInfo("Pacific/Auckland")
NOW = datetime(2026, 9, 28, 12, 0, tzinfo=AUCKLAND)
"""The day after clocks went forward there: the 27th had 23 hours."""


def asked(**given: str) -> tuple[datetime | None, datetime | None]:
    return bounds({"since": "", "from": "", "to": "", **given}, NOW)


def test_a_day_begins_and_ends_at_midnight_by_the_papers_clock_and_the_last_is_whole() -> None:
    first, end = asked(**{"from": "2026-09-27", "to": "2026-09-27"})
    assert first == datetime(2026, 9, 26, 12, 0, tzinfo=UTC)
    assert end == datetime(2026, 9, 27, 11, 0, tzinfo=UTC)


def test_each_bound_stands_alone() -> None:
    assert asked() == (None, None)
    assert asked(**{"from": "2026-09-01"}) == (datetime(2026, 9, 1, tzinfo=AUCKLAND), None)
    assert asked(to="2026-09-01") == (None, datetime(2026, 9, 2, tzinfo=AUCKLAND))


def test_of_a_period_and_a_day_the_later_holds() -> None:
    assert asked(since="week", **{"from": "2026-09-01"})[0] == NOW - timedelta(days=7)
    assert asked(since="year", **{"from": "2026-09-01"})[0] == datetime(2026, 9, 1, tzinfo=AUCKLAND)


@pytest.mark.parametrize("day", ["9999-12-31", "9999-12-30", "9000-01-01", "0999-12-31", "0001-01-01"])
def test_years_of_no_paper_are_no_bounds(day: str) -> None:
    assert asked(to=day, **{"from": day}) == (None, None)


@pytest.mark.parametrize(
    "text", ["", "2026-02-30", "26-02-03", "2026-2-3", "20260203", "2026-W05-1", "2026-02-03T00:00"]
)
def test_what_a_date_field_does_not_send_is_no_day(text: str) -> None:
    assert day(text) is None and asked(**{"from": text, "to": text}) == (None, None)


@pytest.mark.django_db
def test_the_form_finds_what_was_published_on_its_last_day_where_the_paper_is(
    client: Client, paper: Any, settings: Any
) -> None:
    settings.TIME_ZONE = "Pacific/Auckland"
    section = make_section()
    minute, midnight = timedelta(minutes=1), datetime(2026, 9, 27, tzinfo=AUCKLAND)
    for slug, at in {
        "eve": midnight - minute,
        "first": midnight,
        "last": midnight + timedelta(days=1) - minute,
        "after": midnight + timedelta(days=1),
    }.items():
        actions.index_article(make_article(section, slug=slug, title=f"Lighthouse {slug}", at=at).pk)
    for choice, found in (
        ({"from": "2026-09-27", "to": "2026-09-27"}, {"first", "last"}),
        ({"from": "2026-09-28"}, {"after"}),
        ({"to": "2026-09-26"}, {"eve"}),
    ):
        shown = client.get("/search/", {"q": "lighthouse", **choice}).content.decode()
        assert {slug for slug in ("eve", "first", "last", "after") if f"/{slug}/" in shown} == found
