"""Rights: the rules as values, and the gate that nothing goes around."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from broadsheet.newsroom.errors import RightsBreached
from broadsheet.newsroom.models import Article
from broadsheet.newsroom.rights import Rights, RightsFacts, breaches
from tests.factories import make_article, make_picture, make_section

NOW = datetime(2026, 5, 1, tzinfo=UTC)


def facts(**changes: object) -> RightsFacts:
    values: dict[str, object] = {
        "rights": Rights.FULL_TEXT,
        "words": 300,
        "source_name": "Agency",
        "source_url": "https://agency.example/1",
        "licence": "CC BY 4.0",
        "pictures_allowed": True,
        "shows_source_picture": True,
        "embargo_until": None,
        "now": NOW,
    }
    return RightsFacts(**{**values, **changes})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({}, []),
        ({"rights": Rights.OWN, "source_name": "", "licence": ""}, []),
        ({"rights": Rights.HEADLINE, "words": 0}, []),
        ({"rights": Rights.HEADLINE, "words": 1}, ["body"]),
        ({"rights": Rights.EXCERPT, "words": 80}, []),
        ({"rights": Rights.EXCERPT, "words": 81}, ["body"]),
        ({"licence": ""}, ["source_licence"]),
        ({"source_url": ""}, ["source_url"]),
        ({"pictures_allowed": False}, ["lead_picture"]),
        ({"embargo_until": NOW + timedelta(hours=1)}, ["embargo_until"]),
        ({"embargo_until": NOW - timedelta(hours=1)}, []),
    ],
)
def test_each_rule(changes, fields):
    assert [breach.field for breach in breaches(facts(**changes))] == fields


def test_an_embargo_binds_our_own_reporting_too():
    assert breaches(facts(rights=Rights.OWN, embargo_until=NOW + timedelta(minutes=1)))


def make_draft(**values: object) -> Article:
    return make_article(
        make_section(), publish=False, source_name="Agency", source_url="https://agency.example/1", **values
    )


def test_publishing_beyond_the_rights_is_refused_and_nothing_is_live(paper):
    draft = make_draft(rights=Rights.HEADLINE, text="Too much text.")
    with pytest.raises(RightsBreached, match="allows 0 words"):
        draft.save_revision().publish()
    assert not Article.objects.get(pk=draft.pk).live


def test_saving_as_live_does_not_go_around_the_rights(paper):
    draft = make_draft(rights=Rights.EXCERPT, text="word " * 200)
    draft.live = True
    with pytest.raises(ValidationError, match="allows 80 words"):
        draft.save()


def test_a_source_picture_needs_its_permission(paper):
    draft = make_draft(rights=Rights.FULL_TEXT, source_licence="CC BY 4.0", pictures_allowed=False)
    draft.lead_picture = make_picture(source_name="Agency")
    with pytest.raises(RightsBreached, match="does not allow its pictures"):
        draft.save_revision().publish()


def test_what_is_under_embargo_can_be_scheduled_for_its_end(paper):
    end = timezone.now() + timedelta(hours=2)
    draft = make_article(make_section(), publish=False, embargo_until=end)
    with pytest.raises(RightsBreached, match="Under embargo"):
        draft.save_revision().publish()
    draft.go_live_at = end + timedelta(minutes=1)
    draft.save_revision().publish()
    found = Article.objects.get(pk=draft.pk)
    assert not found.live
    assert found.approved_schedule
