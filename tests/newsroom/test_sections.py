"""Sections nest three levels deep, however they get there; people's links are links."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError

from broadsheet.newsroom.models import HomePage, Person, Section, Topic
from tests.factories import make_section


def test_a_fourth_level_is_refused_at_the_field(paper, admin_client):
    third = make_section(make_section(make_section()))
    values = {"title": "Too deep", "slug": "too-deep", "palette": "news", "containers-count": "0", "intro": ""}
    answer = admin_client.post(f"/desk/pages/add/newsroom/section/{third.pk}/", values)
    assert answer.status_code == 200
    assert "three levels deep at most" in answer.content.decode()
    assert not Section.objects.filter(slug="too-deep").exists()


def test_moving_does_not_go_around_the_three_levels(paper):
    top, other = make_section(), make_section()
    below = make_section(make_section(top))
    assert not Section.objects.get(pk=top.pk).can_move_to(Section.objects.get(pk=other.pk))
    assert below.can_move_to(Section.objects.get(pk=other.pk))
    assert below.can_move_to(HomePage.objects.get())


@pytest.mark.parametrize(
    "wrong", [{"a": 1}, ["x"], [{"label": "x", "url": "javascript:alert(1)"}], [{"url": "https://x"}]]
)
def test_what_is_no_list_of_links_is_refused(db, wrong):
    with pytest.raises(ValidationError, match="Write a list such as"):
        Person(name="Ann", slug="ann", links=wrong).full_clean()


def test_an_address_is_made_from_the_name(db):
    for made in (Person(name="Ann Zelenka"), Topic(name="Ann Zelenka")):
        made.full_clean()
        assert made.slug == "ann-zelenka"
