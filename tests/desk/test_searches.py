"""What readers search for, as the desk sees it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from broadsheet.readers.search.models import SearchedTerm

pytestmark = pytest.mark.django_db


@pytest.fixture
def _searched(paper):
    today = timezone.localdate()
    for text, times, found in (("ferry", 9, 4), ("=cmd|calc", 4, 0), ("somebody's name", 2, 0)):
        SearchedTerm.objects.create(day=today, text=text, times=times, found=found)


@pytest.mark.usefixtures("_searched")
def test_terms_that_several_asked_for_are_shown_and_exported(editor):
    page = editor.get("/desk/searches/?days=nonsense").content.decode()
    assert "ferry" in page and page.count("=cmd|calc") >= 2 and "somebody" not in page
    export = editor.get("/desk/searches/export/?days=30").content.decode()
    assert export.splitlines() == ["searched for,times,found", "ferry,9,4", "'=cmd|calc,4,0"]


@pytest.mark.usefixtures("_searched")
def test_what_was_found_on_two_days_is_not_found_twice(editor):
    SearchedTerm.objects.create(day=timezone.localdate() - timedelta(days=1), text="ferry", times=2, found=3)
    export = editor.get("/desk/searches/export/?days=7").content.decode()
    assert "ferry,11,4" in export.splitlines()


@pytest.mark.usefixtures("_searched")
def test_only_those_who_see_reading_see_searches(client, django_user_model):
    client.force_login(django_user_model.objects.create_user("nobody"))
    assert client.get("/desk/searches/").status_code in {302, 403}
