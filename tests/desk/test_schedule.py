"""What is scheduled is published in its time; what cannot be is told, and keeps nothing else waiting."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageLogEntry

from broadsheet.desk.actions.publish import publish_due
from broadsheet.newsroom import own_addresses
from broadsheet.newsroom.models import Article, HomePage, Section
from tests.factories import make_article, make_section

pytestmark = pytest.mark.django_db
BEFORE = timezone.now() - timedelta(minutes=9)


@pytest.fixture
def due(world: Any) -> dict[str, Page]:
    """Three pages whose time has come; the first two may not be published as they are."""
    home = HomePage.objects.get()
    search = make_section(home, title="Of the archive", slug="archives", live=False)
    rights = make_article(world, title="Beyond the rights", publish=False, source_name="Coast")
    good = make_article(world, title="In order", publish=False)
    changes = ({"slug": "search"}, {"rights": "headline"}, {})
    for minute, (page, changed) in enumerate(zip((search, rights, good), changes, strict=True)):
        page.go_live_at = timezone.now() + timedelta(days=1)
        revision = page.save_revision()
        revision.publish()
        at = BEFORE + timedelta(minutes=minute)
        revision.approved_go_live_at = at
        revision.content |= {"go_live_at": at.isoformat(), **changed}
        revision.save(update_fields=["approved_go_live_at", "content"])
    return {"search": search, "rights": rights, "good": good}


@pytest.mark.parametrize("way", ["command", "job"])
def test_pages_that_cannot_be_published_stop_no_other(due: dict[str, Page], way: str) -> None:
    if way == "command":
        with pytest.raises(CommandError, match=r"Of the archive.*\n.*Beyond the rights"):
            call_command("publish_scheduled")
    else:
        assert [line.split("”")[0] for line in publish_due().failed] == ["“Of the archive", "“Beyond the rights"]
    assert Article.objects.get(pk=due["good"].pk).live
    assert not Section.objects.get(pk=due["search"].pk).live and not Article.objects.get(pk=due["rights"].pk).live


def test_the_failure_is_told_once_in_the_log_the_history_and_the_desks_home(
    due: dict[str, Page], editor: Client, caplog: pytest.LogCaptureFixture
) -> None:
    for _ in range(3):
        publish_due()
    assert caplog.text.count("Not done as scheduled, and tried again from now on: “Of the archive”") == 1
    told = PageLogEntry.objects.filter(page=due["search"].pk, action="broadsheet.schedule.failed")
    assert [entry.message for entry in told] == [f"Not done as scheduled: {own_addresses.refusal('search')}"]
    home = editor.get("/desk/").content.decode()
    assert home.count("Not published</span>") == 2 and "Addresses of the site itself begin with /search/" in home
    assert "Not done as scheduled" in editor.get(f"/desk/pages/{due['search'].pk}/history/").content.decode()


def test_a_new_version_that_may_be_published_is(due: dict[str, Page]) -> None:
    publish_due()
    section = due["search"].get_latest_revision_as_object()
    section.slug, section.go_live_at = "archives", None
    section.save_revision().publish()
    assert Section.objects.get(pk=section.pk).live
    assert [line.split("”")[0] for line in publish_due().failed] == ["“Beyond the rights"]
