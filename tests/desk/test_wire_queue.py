"""The wire desk's queue: what it shows, to whom, and at what cost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from broadsheet.desk.wire_desk.queue import PAGE
from broadsheet.wire.models import Item, ItemVersion, Sighting, Status
from tests.desk.factories import make_item, make_source

pytestmark = pytest.mark.django_db


def shown(client: Client, query: str = "") -> list[str]:
    """Headlines in the queue, from the top."""
    return [str(row.item) for row, _ in client.get(f"/desk/wire/{query}").context["rows"]]


def test_newest_first_and_only_what_waits(editor: Client) -> None:
    make_item(title="Old", minutes_ago=60)
    make_item(title="Young", minutes_ago=1)
    make_item(title="Spiked", status=Status.SPIKED)
    make_item(title="Expired", expires_at=timezone.now() - timedelta(hours=1))
    assert shown(editor) == ["Young", "Old"]
    assert shown(editor, "?status=spiked") == ["Spiked"]


def test_filters_narrow_the_queue(editor: Client, world: Any) -> None:
    coast = make_source("Coast")
    make_item(coast, title="Ferry sinks", section_hint="world", rights="headline")
    make_item(title="Bridge opens")
    assert shown(editor, f"?source={coast.pk}") == ["Ferry sinks"]
    assert shown(editor, "?section=world") == ["Ferry sinks"]
    assert shown(editor, "?rights=headline") == ["Ferry sinks"]
    assert shown(editor, "?text=bridge+OPENS") == ["Bridge opens"]
    assert len(shown(editor, "?source=%C2%B2&rights=nonsense&status=x&before=9-9-9&before=99999999999999999999-1")) == 2


def test_a_source_that_only_carried_it_too_finds_it(editor: Client) -> None:
    item, second = make_item(title="Shared"), make_source("Second")
    Sighting.objects.create(item=item, source=second, guid="b", entry_hash="b")
    assert shown(editor, f"?source={second.pk}") == ["Shared"]
    assert b"also in Second" in editor.get("/desk/wire/").content


def test_pages_meet_without_loss_even_at_equal_times(editor: Client) -> None:
    source, at = make_source(), timezone.now()
    for number in range(PAGE + 7):
        make_item(source, title=f"R{number}")
    Item.objects.update(first_seen_at=at)
    first = editor.get("/desk/wire/")
    second = editor.get(first.context["older"])
    ids = [row.item.pk for answer in (first, second) for row, _ in answer.context["rows"]]
    assert len(ids) == len(set(ids)) == PAGE + 7
    assert second.context["older"] == ""


def test_cost_does_not_grow_with_the_queue(editor: Client, world: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert editor.get("/desk/wire/").status_code == 200
        return len(caught)

    make_item()
    queries()  # content types and sites are remembered from the first page on
    few = queries()
    for number in range(80):
        item = make_item(section_hint="world", categories=["World"])
        ItemVersion.objects.create(item=item, title="Before")
        Sighting.objects.create(item=item, source=item.source, guid=f"s{number}", entry_hash="x")
    assert queries() == few <= 19


@pytest.mark.skipif(connection.vendor != "sqlite", reason="on a table this small PostgreSQL rightly reads all of it")
def test_the_queue_is_read_along_its_index(editor: Client) -> None:
    from broadsheet.desk.wire_desk import queue
    from broadsheet.desk.wire_desk.filters import Filters, Mark

    for before in (None, Mark(at=timezone.now(), item=5)):
        plan = queue._ordered(queue.matching(Filters(before=before)))[:51].explain()
        assert "wire_item_queue" in plan and "TEMP B-TREE" not in plan


def test_newer_reports_are_counted_since_the_page(editor: Client) -> None:
    make_item(minutes_ago=5)
    page = editor.get("/desk/wire/")
    url, since = page.context["newer_url"], page.context["page"].newest
    assert editor.get(f"{url}&since={since}").json()["count"] == 0
    make_item()
    make_item(status=Status.HELD)
    assert editor.get(f"{url}&since={since}").json() == {"count": 1, "more": False}


def test_preview_shows_text_rights_versions_and_other_sources(editor: Client, world: Any) -> None:
    item = make_item(title="Dam holds", licence="CC BY 4.0", categories=["World"], body_html="<p>It <b>holds</b>.</p>")
    ItemVersion.objects.create(item=item, title="Dam may burst", changed=["title"])
    Sighting.objects.create(item=item, source=make_source("Rival"), guid="r", title="Dam stands", entry_hash="x")
    html = editor.get(f"/desk/wire/{item.pk}/?pane=1").content.decode()
    for part in ("It <b>holds</b>.", "CC BY 4.0", "Dam may burst", "Rival", "Dam stands", item.url, "(suggested)"):
        assert part in html
    assert "<html" not in html
    assert "<html" in editor.get(f"/desk/wire/{item.pk}/").content.decode()
    assert editor.get("/desk/wire/999999/").status_code == 404


def test_the_wire_is_closed_to_those_without_leave(reporter: Client, client: Client) -> None:
    item = make_item()
    for path in ("/desk/wire/", f"/desk/wire/{item.pk}/", "/desk/wire/newer/"):
        assert reporter.get(path).status_code == 302
        assert "/desk/login/" in client.get(path).headers["Location"]
    reporter.post("/desk/wire/act/", {"one": f"spike:{item.pk}"})
    item.refresh_from_db()
    assert item.status == Status.NEW


def test_the_menu_counts_what_waits(editor: Client) -> None:
    make_item()
    assert b"Wire (1)" in editor.get("/desk/articles/").content
