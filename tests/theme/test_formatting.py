"""Small things: places of a lead, players, dates, icons."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.template import Context, Template

from broadsheet.theme import icons
from broadsheet.theme.leads import lead_of
from broadsheet.theme.players import player_url


@pytest.mark.parametrize("count", range(1, 14))
def test_every_card_of_a_lead_has_one_place(count: int) -> None:
    lead = lead_of(list(range(count)))
    assert lead is not None
    assert sorted([lead.splash, *lead.under, *lead.left, *lead.right]) == list(range(count))
    assert bool(lead.left) == (lead.name == "three")


def test_an_empty_lead_is_none() -> None:
    assert lead_of([]) is None


@pytest.mark.parametrize(
    ("url", "player"),
    [
        ("https://www.youtube.com/watch?v=abc_DEF-123", "https://www.youtube-nocookie.com/embed/abc_DEF-123"),
        ("https://youtu.be/abc_DEF-123?t=3", "https://www.youtube-nocookie.com/embed/abc_DEF-123"),
        ("https://vimeo.com/12345", "https://player.vimeo.com/video/12345?dnt=1"),
        ("https://video.example.org/embed/7", "https://video.example.org/embed/7"),
        ("https://video.example.org/watch/7", ""),
        ("http://video.example.org/embed/7", ""),
        ("javascript:alert(1)//embed", ""),
    ],
)
def test_only_players_are_framed(url: str, player: str) -> None:
    assert player_url(url) == player


def moment(tag: str, **values: object) -> str:
    return Template("{% load theme %}" + tag).render(Context(values))


def test_a_moment_is_told_in_words_and_for_machines(settings: object) -> None:
    html = moment("{% moment when %}", when=datetime(2026, 11, 23, 10, 14, tzinfo=UTC))
    assert html == '<time datetime="2026-11-23T10:14:00+00:00">23 November 2026, 10:14</time>'


def test_a_change_on_the_same_day_is_told_by_its_hour() -> None:
    first, later = datetime(2026, 11, 23, 10, 14, tzinfo=UTC), datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    assert ">12:00<" in moment("{% moment later after=first %}", first=first, later=later)


def test_no_moment_is_nothing() -> None:
    assert moment("{% moment when %}", when=None) == ""


def test_an_unknown_service_has_an_icon_and_its_own_name() -> None:
    assert icons.icon("myspace") == icons.icon("web")
    assert icons.service_name(" facebook ") == "Facebook"
    assert icons.service_name("Chirper") == "Chirper"


def test_another_rooms_template_is_included_only_if_it_is_there() -> None:
    assert moment('{% include_if_there "no/such/template.html" %}') == ""
