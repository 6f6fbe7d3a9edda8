"""Curating fronts: the list, what is wrong with a slot, and previews."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from broadsheet.desk.fronts.decide import Known, Slot, problems_of
from broadsheet.newsroom.models import Article, HomePage
from tests.factories import make_article, make_section

NOW = timezone.now()


def messages(*slots: Slot, **articles: Known) -> list[str]:
    """What is wrong with slots."""
    return [str(problem) for problem in problems_of(slots, {int(k[1:]): v for k, v in articles.items()}, NOW)]


def test_slots_that_readers_will_not_see_are_named() -> None:
    live, draft = Known(title="Live", live=True), Known(title="Draft", live=False)
    slots = (
        Slot(container="Top", place=1, article=1),
        Slot(container="Top", place=2, article=2),
        Slot(container="World", place=1, article=1),
        Slot(container="World", place=2, article=9),
        Slot(container="World", place=3, article=3, until=NOW - timedelta(hours=1)),
    )
    found = messages(*slots, a1=live, a2=draft, a3=live)
    assert [problem.split(":")[0] for problem in found] == [
        "Top, slot 2", "World, slot 1", "World, slot 2", "World, slot 3",
    ]  # fmt: skip
    assert "not published" in found[0] and "stands in Top, slot 1 already" in found[1]
    assert "deleted" in found[2] and "its time is over" in found[3]


def test_a_slot_that_is_over_leaves_room_for_the_same_article() -> None:
    over = Slot(container="Top", place=1, article=1, until=NOW)
    assert len(messages(over, Slot(container="Top", place=2, article=1), a1=Known(title="Live", live=True))) == 1


def arrange(home: HomePage, *articles: Article) -> None:
    """Curate one container of the home page."""
    slots = [{"type": "item", "value": {"article": article.pk}} for article in articles]
    value = {"title": "Top", "layout": "cols", "count": 4, "fill": True, "slots": slots}
    home.containers = HomePage._meta.get_field("containers").stream_block.to_python(
        [{"type": "container", "value": value}]
    )
    home.save_revision().publish()


@pytest.mark.django_db
def test_the_list_names_what_is_to_be_mended(editor: Client, world: Any) -> None:
    live, draft = make_article(world), make_article(world, publish=False)
    arrange(HomePage.objects.get(), live, draft, live)
    html = editor.get("/desk/fronts/").content.decode()
    assert "Top, slot 2" in html and "Top, slot 3" in html and "World" in html
    form = editor.get(f"/desk/pages/{HomePage.objects.get().pk}/edit/").content.decode()
    assert "To mend on this front" in form and "from top to bottom" in form


@pytest.mark.django_db
def test_the_lists_cost_does_not_grow_with_sections(editor: Client, world: Any) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as caught:
            assert editor.get("/desk/fronts/").status_code == 200
        return len(caught)

    queries()
    few = queries()
    for _ in range(6):
        make_section()
    assert queries() == few <= 15


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["home", "section", "article"])
def test_previews_show_the_draft_as_readers_would_see_it(editor: Client, world: Any, kind: str) -> None:
    article = make_article(world, title="As published")
    page = {"home": HomePage.objects.get(), "section": world, "article": article}[kind]
    page.title = "Only a draft"
    page.seo_title = "Only a draft"
    page.save_revision()
    answer = editor.get(f"/desk/pages/{page.pk}/view_draft/")
    html = answer.content.decode()
    assert answer.status_code == 200 and "Only a draft" in html
    assert "frame-ancestors 'self'" in answer.headers["Content-Security-Policy"]
