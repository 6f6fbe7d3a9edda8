"""The list of articles, and starting a new one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import GroupPagePermission

from broadsheet.desk.actions.publish import schedule, withdraw
from broadsheet.desk.articles import listing
from broadsheet.newsroom.models import Listing
from tests.desk.factories import make_user
from tests.factories import make_article, make_person, make_section

pytestmark = pytest.mark.django_db


def rows(client: Client, query: str = "") -> dict[str, str]:
    """Headlines and their states, from the top."""
    listed = client.get(f"/desk/articles/{query}").context["listed"]
    return {row.article.title: row.state.value for row in listed.rows}


def test_every_state_is_told_and_filtered(editor: Client, world: Any) -> None:
    make_article(world, title="Live")
    make_article(world, title="Draft", publish=False)
    gone, later = make_article(world, title="Gone"), make_article(world, title="Later", publish=False)
    withdraw(gone)
    schedule(later, timezone.now() + timedelta(days=1))
    assert rows(editor) == {"Later": "scheduled", "Gone": "withdrawn", "Draft": "draft", "Live": "published"}
    for state, title in (("published", "Live"), ("withdrawn", "Gone"), ("scheduled", "Later")):
        assert list(rows(editor, f"?state={state}")) == [title]
    assert "Draft" in rows(editor, "?state=draft")


def test_filters_by_section_author_and_headline(editor: Client, world: Any) -> None:
    local, ana = make_section(world, title="Local"), make_person("Ana")
    make_article(local, title="Bridge opens", authors=[ana])
    make_article(make_section(title="Sport"), title="Match drawn")
    assert list(rows(editor, f"?section={world.pk}")) == ["Bridge opens"]
    assert list(rows(editor, f"?author={ana.pk}")) == ["Bridge opens"]
    assert list(rows(editor, "?text=OPENS+bridge")) == ["Bridge opens"]
    assert len(rows(editor, "?section=²&state=nonsense&before=1")) == 2


def test_the_cost_does_not_grow_and_somebody_ordinary_pays_no_more(editor: Client, world: Any) -> None:
    def queries(query: str = "") -> int:
        with CaptureQueriesContext(connection) as caught:
            assert editor.get(f"/desk/articles/{query}").status_code == 200
        return len(caught)

    make_article(world, authors=[make_person()])
    queries()
    few = queries(), queries(f"?section={world.pk}&state=published&text=a")
    for _ in range(25):
        make_article(world, authors=[make_person(), make_person()])
    assert (queries(), queries(f"?section={world.pk}&state=published&text=a")) == few
    assert max(few) <= 22


def test_pages_go_on_where_the_last_ended(editor: Client, world: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "PAGE", 3)
    titles = [make_article(world, publish=False).title for _ in range(7)]
    seen: list[str] = []
    address = "/desk/articles/"
    while address:
        answer = editor.get(address)
        seen += [row.article.title for row in answer.context["listed"].rows]
        address = answer.context["older"]
    assert seen == titles[::-1]


def test_a_filter_looks_through_a_window_and_says_so(
    editor: Client, world: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "WINDOW", 4)
    make_article(world, title="Needle", publish=False)
    for _ in range(5):
        make_article(world, publish=False)
    first = editor.get("/desk/articles/?text=needle")
    assert not first.context["listed"].rows and first.context["listed"].looked_back_to
    assert [row.article.title for row in editor.get(first.context["older"]).context["listed"].rows] == ["Needle"]


def test_a_new_article_begins_with_its_section(editor: Client, world: Any) -> None:
    html = editor.get("/desk/articles/new/").content.decode()
    address = f"/desk/pages/add/newsroom/article/{world.pk}/"
    assert address in html
    assert editor.get(address).status_code == 200


def test_people_see_what_they_may_work_on(world: Any) -> None:
    sport = make_section(title="Sport")
    make_article(world, title="World news")
    make_article(sport, title="Match")
    user = make_user("Reporters")
    GroupPagePermission.objects.filter(page__depth=1).delete()
    GroupPagePermission.objects.create(group=user.groups.get(), page=sport, permission_type="change")
    client = Client()
    client.force_login(user)
    assert list(rows(client)) == ["Match"]
    assert "/unpublish/" not in client.get("/desk/articles/").content.decode()


def test_withdrawing_takes_it_off_every_list_and_leads_back(editor: Client, world: Any) -> None:
    article = make_article(world, authors=[make_person()])
    assert Listing.objects.filter(article=article).count() == 3
    answer = editor.post(f"/desk/pages/{article.pk}/unpublish/", {"next": "/desk/articles/"})
    assert answer.headers["Location"] == "/desk/articles/"
    assert not Listing.objects.filter(article=article).exists()
    assert rows(editor)[article.title] == "withdrawn"
    assert editor.get(f"/desk/articles/{article.pk}/live/").status_code == 404
