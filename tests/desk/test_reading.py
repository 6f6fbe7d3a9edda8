"""The desk's figures: who may see them, what they say, pins, the export."""

from __future__ import annotations

import csv
import io
import json
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group, User
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from broadsheet.desk.actions.roles import REPORTERS
from broadsheet.readers.reading.models import Grain, HotPin, Origin, Tally
from broadsheet.readers.reading.ranks import rank
from tests.factories import make_article

pytestmark = pytest.mark.django_db
PAGE = "/desk/reading/"


def read(article: Any, views: int, ago: int = 120, **more: int) -> None:
    at = int(time.time()) - ago
    Tally.objects.create(article=article, grain=Grain.MINUTE, at=at - at % 60, views=views, **more)


def text(client: Client, path: str = PAGE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_an_editor_sees_who_reads_what_from_where_and_how_far(editor: Client, world: Any) -> None:
    article, older = make_article(world, title="The bridge is closed"), make_article(world, title="An older report")
    read(article, 1200, quarter_1=600, quarter_4=120)
    read(older, 30, 3 * 3600)
    hour = int(time.time()) // 3600 * 3600
    Origin.objects.create(at=hour, kind="search", host="duckduckgo.com", views=900)
    Origin.objects.create(at=hour, kind="direct", host="", views=300)
    rank()
    html = text(editor)
    for part in ("The bridge is closed", "1,200", "1,230", "duckduckgo.com", "75 %", "49 %", "10 %"):
        assert part in html, part
    assert "An older report" not in html, "nobody reads it now"
    assert "An older report" in text(editor, f"{PAGE}?period=day")
    assert "The bridge is closed" in text(editor, f"{PAGE}figures/")
    assert "The bridge is closed" in text(editor, "/desk/")
    assert "1,200 views" in text(editor, "/desk/articles/")


def test_where_nothing_is_read_it_says_so(editor: Client, world: Any) -> None:
    assert "Nobody has opened an article" in text(editor)
    assert "has not been ranked yet" in text(editor, f"{PAGE}?period=month")
    assert text(editor, f"{PAGE}?period=made-up")


def test_who_may_not_see_the_figures_does_not(world: Any, paper: Any) -> None:
    outsider = User.objects.create_user("outsider", password="x")
    group = Group.objects.create(name="Only the door")
    group.permissions.set(Group.objects.get_or_create(name=REPORTERS)[0].permissions.filter(codename="access_admin"))
    outsider.groups.add(group)
    client = Client()
    client.force_login(outsider)
    for path in (PAGE, f"{PAGE}figures/", f"{PAGE}export/?from=2026-01-01&to=2026-01-02"):
        assert client.get(path).status_code in {302, 403}
    assert Client().get(PAGE).status_code == 302


def test_a_reporter_sees_but_does_not_pin(reporter: Client, world: Any) -> None:
    article = make_article(world, title="The bridge is closed")
    read(article, 3)
    html = text(reporter)
    assert "The bridge is closed" in html
    assert "Keep in What’s hot" not in html
    assert reporter.post(PAGE, {"article": article.pk, "place": 1}).status_code in {302, 403}
    assert not HotPin.objects.exists()


def test_pins_are_set_and_taken_away(editor: Client, world: Any) -> None:
    article, draft = make_article(world, title="Keep me"), make_article(world, publish=False)
    until = timezone.localtime() + timedelta(hours=2)
    answer = editor.post(PAGE, {"article": article.pk, "place": 2, "until": f"{until:%Y-%m-%d %H:%M}"}, follow=True)
    assert "Keep me" in answer.content.decode()
    found = HotPin.objects.get()
    assert (found.article_id, found.place, found.pinned_by.get_username()) == (article.pk, 2, _name(editor))
    assert editor.post(PAGE, {"article": draft.pk, "place": 1}).status_code == 422
    assert editor.post(PAGE, {"article": article.pk, "place": 99}).status_code == 422
    assert editor.get(f"{PAGE}unpin/{found.pk}/").status_code == 405
    editor.post(f"{PAGE}unpin/{found.pk}/")
    assert not HotPin.objects.exists()


def _name(client: Client) -> str:
    return User.objects.get(pk=client.session["_auth_user_id"]).get_username()


@pytest.mark.parametrize("path", [PAGE, f"{PAGE}figures/", f"{PAGE}?period=week", "/desk/"])
def test_the_figures_cost_the_same_however_much_is_read(editor: Client, world: Any, path: str) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            text(editor, path)
        return len(queries)

    read(make_article(world), 5)
    rank()
    asked()
    few = asked()
    for number in range(8):
        read(make_article(world), 7 + number)
        Origin.objects.create(at=int(time.time()) // 3600 * 3600, kind="search", host=f"s{number}.example", views=1)
    rank()
    assert asked() <= few


def test_the_export_has_a_row_for_each_article_and_day(editor: Client, world: Any) -> None:
    article = make_article(world, title="=1+1 is a headline", slug="sums")
    today = datetime.now(UTC).date()
    noon = int(datetime(2026, 5, 4, 12, tzinfo=UTC).timestamp())
    for at, grain, views in ((noon, Grain.HOUR, 3), (noon + 3600, Grain.HOUR, 4), (noon + 86_400, Grain.DAY, 5)):
        Tally.objects.create(article=article, grain=grain, at=at - at % 3600, views=views, search=1)
    read(article, 9)
    answer = editor.get(f"{PAGE}export/?from=2026-05-04&to=2026-05-05&format=csv")
    assert answer.streaming
    found = list(csv.DictReader(io.StringIO(b"".join(answer.streaming_content).decode())))
    assert [(row["day"], row["views"], row["search"], row["url"]) for row in found] == [
        ("2026-05-04", "7", "2", "/world/sums/"),
        ("2026-05-05", "5", "1", "/world/sums/"),
    ]
    assert found[0]["headline"].startswith("'="), "no spreadsheet may take it for a formula"
    answer = editor.get(f"{PAGE}export/?from=2026-05-04&to={today}&format=json")
    rows = json.loads(b"".join(answer.streaming_content))
    assert [row["views"] for row in rows] == [7, 5, 9]
    assert rows[0]["headline"] == "=1+1 is a headline"


WRONG = ("", "?from=x&to=y", "?from=2026-05-05&to=2026-05-04", "?from=2026-05-04&to=2026-05-05&format=xml")


@pytest.mark.parametrize("query", WRONG)
def test_periods_that_are_none_are_refused_with_a_word(editor: Client, world: Any, query: str) -> None:
    answer = editor.get(f"{PAGE}export/{query}")
    assert answer.status_code == 400
    assert b"2026-05-04" in answer.content or b"csv or json" in answer.content


def test_the_command_writes_the_same(world: Any) -> None:
    read(make_article(world, title="The bridge is closed"), 9)
    rank()
    out = io.StringIO()
    today = datetime.now(UTC).date()
    call_command("reading", "export", "--from", f"{today - timedelta(days=1)}", "--format", "json", stdout=out)
    assert [row["views"] for row in json.loads(out.getvalue())] == [9]
    out = io.StringIO()
    call_command("reading", "top", "hour", stdout=out)
    assert out.getvalue().split() == ["9", "The", "bridge", "is", "closed"]
    out = io.StringIO()
    call_command("reading", "export", "--from", "2020-01-01", "--to", "2020-01-02", "--format", "json", stdout=out)
    assert json.loads(out.getvalue()) == []
    with pytest.raises(CommandError, match="no days"):
        call_command("reading", "export", "--from", "tomorrow")
