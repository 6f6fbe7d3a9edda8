"""Filing without an editor's hand on it: by rule, and the pictures of reports that were filed together."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from broadsheet.desk import tasks
from broadsheet.desk.actions.file_item import add_picture, file_by_rule, file_item
from broadsheet.desk.actions.publish import schedule
from broadsheet.desk.errors import CannotFile
from broadsheet.desk.models import Filing
from broadsheet.newsroom.models import Article, Picture
from broadsheet.wire import actions as wire
from broadsheet.wire.actions import FetchedPicture
from broadsheet.wire.errors import TimedOut
from broadsheet.wire.models import Item, Rights, Status
from tests.desk.factories import make_item
from tests.factories import make_article

pytestmark = pytest.mark.django_db

PICTURED = {"images_allowed": True, "image_url": "http://wire.example/a.jpg", "section_hint": "world"}


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    """Pictures come without the network."""
    data = io.BytesIO()
    Image.new("RGB", (60, 40), (10, 90, 120)).save(data, "JPEG")
    found = FetchedPicture(url="x", name="a.jpg", content=data.getvalue(), width=60, height=40, credit="Ana")
    monkeypatch.setattr(wire, "fetch_picture", lambda item: found)


def filed_later(item: Item, world: Any) -> Filing:
    """A report filed without waiting for its picture."""
    file_item(item, world, picture_later=True)
    return Filing.objects.select_related("item__source", "article").get()


def test_a_report_goes_where_its_own_category_says(world: Any) -> None:
    item = make_item(filing="draft", categories=["World"])
    filed = file_by_rule(item)
    assert filed is not None and filed.article.get_parent().pk == world.pk and not filed.article.live


def test_a_report_publishes_itself_only_within_its_rights(world: Any) -> None:
    fine = file_by_rule(make_item(filing="publish", section_hint="world"))
    assert fine is not None and fine.article.live
    unlicensed = file_by_rule(make_item(filing="publish", section_hint="world", rights=Rights.FULL_TEXT))
    assert unlicensed is not None and not unlicensed.article.live and "licence" in unlicensed.note


def test_a_rule_without_a_section_leaves_it_in_the_queue(world: Any) -> None:
    item = make_item(filing="publish", section_hint="gone")
    with pytest.raises(CannotFile, match="no section 'gone'"):
        file_by_rule(item)
    assert "no section" in tasks.file_by_rule.call(item.pk)
    item.refresh_from_db()
    assert item.status == Status.NEW and not Article.objects.exists()


def test_the_picture_is_brought_afterwards_with_its_credit(fetched: None, world: Any) -> None:
    filing = filed_later(make_item(image_credit="Ana", **PICTURED), world)
    assert filing.article is not None and filing.article.lead_picture is None
    assert add_picture(filing) == ""
    article = Article.objects.get()
    latest = article.get_latest_revision_as_object()
    assert latest.lead_picture is not None and latest.lead_picture.credit == "Ana"
    assert not article.live


def test_a_draft_in_somebodys_hands_is_not_touched(fetched: None, world: Any) -> None:
    filing = filed_later(make_item(**PICTURED), world)
    mine = Article.objects.get()
    mine.title = "Mine"
    mine.save_revision()
    assert "in the library" in add_picture(filing)
    latest = Article.objects.get().get_latest_revision_as_object()
    assert (latest.title, latest.lead_picture) == ("Mine", None) and Picture.objects.count() == 1


def test_a_picture_that_does_not_come_is_noted(monkeypatch: pytest.MonkeyPatch, world: Any) -> None:
    def fails(item: Item) -> None:
        raise TimedOut(item.image_url, 30)

    monkeypatch.setattr(wire, "fetch_picture", fails)
    add_picture(filed_later(make_item(**PICTURED), world))
    assert "could not be taken over" in Filing.objects.get().note


def test_home_costs_the_same_however_much_waits(editor: Client, world: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert editor.get("/desk/").status_code == 200
        return len(caught)

    def more(count: int) -> None:
        for _ in range(count):
            make_item()
            make_article(world, publish=False)
            schedule(make_article(world, publish=False), timezone.now() + timedelta(days=1))

    more(1)
    queries()
    few = queries()
    more(8)
    assert queries() == few <= 49
