"""Breaking news is marked wherever it stands, and the pages that mark it change by themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from broadsheet.newsroom import decide
from tests.factories import make_article, make_section

pytestmark = pytest.mark.django_db
MARK = '<span class="kick live">Breaking</span>'


def test_breaking_news_is_marked_until_it_no_longer_is(reader, edition):
    section = make_section(slug="city")
    at = timezone.now().replace(microsecond=0) - timedelta(hours=1)
    make_article(section, slug="gas-leak", breaking=True, at=at)
    make_article(section, slug="old-leak", breaking=True, at=at - decide.BREAKING)
    for path in ("/city/gas-leak/", "/city/", "/"):
        assert reader.sees(path).count(MARK) == 1, path
        assert edition.status(path).expires == (at + decide.BREAKING).timestamp(), path
    assert MARK not in reader.sees("/city/old-leak/").partition("related")[0]


def test_the_mark_comes_and_goes_with_the_editor_who_sets_it(reader):
    article = make_article(make_section(slug="city"), slug="fair")
    assert MARK not in reader.sees("/city/")
    for breaking in (True, False):
        article.breaking = breaking
        article.save_revision().publish()
        assert (MARK in reader.sees("/city/")) is breaking
        assert (MARK in reader.sees("/city/fair/")) is breaking
