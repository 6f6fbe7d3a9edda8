"""Filing, holding and spiking at the wire desk."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from wagtail.models import GroupPagePermission

from broadsheet.desk.models import Filing
from broadsheet.newsroom.models import Article
from broadsheet.wire.models import Item, Status
from tests.desk.factories import make_item
from tests.factories import make_section

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


def act(client: Client, **form: Any) -> Any:
    """Press a button of the queue."""
    return client.post("/desk/wire/act/", form)


def status(item: Item) -> str:
    """Where a report stands now."""
    item.refresh_from_db()
    return item.status


def said(answer: Any) -> str:
    """What the desk told the editor."""
    return " ".join(str(message) for message in answer.wsgi_request._messages)


def test_filing_opens_the_draft_in_its_suggested_section(editor: Client, world: Any) -> None:
    item = make_item(title="Dam holds", section_hint="world")
    answer = act(editor, one=f"file:{item.pk}")
    article = Article.objects.get()
    assert answer.headers["Location"] == f"/desk/pages/{article.pk}/edit/"
    assert not article.live and article.get_parent().pk == world.pk
    assert status(item) == Status.FILED
    page = editor.get("/desk/wire/?status=filed").content.decode()
    assert f"/desk/pages/{article.pk}/edit/" in page


def test_a_category_that_names_a_section_suggests_it(editor: Client, world: Any) -> None:
    item = make_item(categories=["Weather", "World"])
    act(editor, one=f"file-stay:{item.pk}")
    assert Article.objects.get().get_parent().pk == world.pk


def test_filing_to_a_chosen_section_and_staying(editor: Client, world: Any) -> None:
    local, item = make_section(world, title="Local", slug="local"), make_item(section_hint="world")
    answer = editor.post(
        "/desk/wire/act/", {"one": f"file-stay:{item.pk}", "section": local.pk, "next": "/desk/wire/?status=held"}
    )
    assert answer.headers["Location"] == "/desk/wire/?status=held"
    assert Article.objects.get().get_parent().pk == local.pk


def test_filing_twice_gives_one_article(editor: Client, world: Any) -> None:
    item = make_item(section_hint="world")
    act(editor, one=f"file:{item.pk}")
    act(editor, one=f"file:{item.pk}")
    assert Article.objects.count() == Filing.objects.count() == 1


def test_without_a_section_the_editor_is_told_what_to_do(editor: Client, world: Any) -> None:
    item = make_item(section_hint="gone")
    answer = act(editor, one=f"file:{item.pk}")
    assert "choose one" in said(answer) and status(item) == Status.NEW
    assert editor.post("/desk/wire/act/", {"one": f"file:{item.pk}"}, headers=JSON).json()["done"] == []


def test_filing_needs_leave_to_write_in_the_section(editor: Client, world: Any) -> None:
    GroupPagePermission.objects.all().delete()
    answer = act(editor, one=f"file:{make_item(section_hint='world').pk}")
    assert "may not write in World" in said(answer)
    assert not Article.objects.exists()


def test_spike_hold_and_undo(editor: Client) -> None:
    item = make_item()
    assert act(editor, one=f"spike:{item.pk}").status_code == 302 and status(item) == Status.SPIKED
    act(editor, one=f"unspike:{item.pk}")
    assert status(item) == Status.NEW
    act(editor, one=f"hold:{item.pk}")
    assert status(item) == Status.HELD


def test_a_filed_report_is_not_spiked_by_a_page_left_open(editor: Client, world: Any) -> None:
    item = make_item(section_hint="world")
    act(editor, one=f"file:{item.pk}")
    answer = act(editor, one=f"spike:{item.pk}")
    assert "left as it is" in said(answer) and status(item) == Status.FILED


def test_many_at_once_and_one_failure_stops_no_other(editor: Client, world: Any) -> None:
    good, bad, other = make_item(section_hint="world"), make_item(section_hint="gone"), make_item(section_hint="world")
    answer = editor.post("/desk/wire/act/", {"all": "file", "items": [good.pk, bad.pk, other.pk]}, headers=JSON).json()
    assert set(answer["done"]) == {good.pk, other.pk} and len(answer["problems"]) == 1
    assert set(answer["articles"]) == {str(good.pk), str(other.pk)}
    act(editor, all="spike", items=[bad.pk])
    assert status(bad) == Status.SPIKED


@pytest.mark.parametrize(
    "form",
    [{}, {"one": "burn:1"}, {"one": "file:²"}, {"one": "file:" + "9" * 5000}, {"all": "spike"}, {"one": "file:1:2"}],
)
def test_a_form_that_names_nothing_changes_nothing(editor: Client, form: dict[str, str]) -> None:
    item = make_item()
    assert act(editor, **form).status_code == 302
    assert status(item) == Status.NEW


def test_the_way_back_never_leads_off_the_site(editor: Client) -> None:
    answer = act(editor, one=f"spike:{make_item().pk}", next="https://evil.example/")
    assert answer.headers["Location"] == "/desk/wire/"
