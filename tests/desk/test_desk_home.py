"""The desk's home page, readers' messages, the groups, pictures, what the menu shows."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from PIL import Image

from broadsheet.desk.actions.publish import schedule
from broadsheet.desk.actions.roles import MODERATORS
from broadsheet.desk.dashboard.panels import SHOWN
from broadsheet.newsroom.models import Picture
from broadsheet.readers.contact.models import Message
from broadsheet.readers.search.models import SearchedTerm
from tests.desk.factories import make_item, make_source, make_user
from tests.factories import make_article, make_picture

pytestmark = pytest.mark.django_db


def test_home_shows_what_an_editor_must_know(editor: Client, world: Any) -> None:
    make_item(title="Ferry sinks")
    make_source("Broken", failures=1, last_error="It answered 403: it refuses us.")
    make_article(world, title="A draft", publish=False)
    schedule(make_article(world, title="Tomorrow's", publish=False), timezone.now() + timedelta(days=1))
    html = editor.get("/desk/").content.decode()
    for part in ("Ferry sinks", "it refuses us", "A draft", "Tomorrow&#x27;s", "pages in the edition", "The Gazette"):
        assert part in html


def test_home_shows_a_reporter_drafts_only(reporter: Client, world: Any) -> None:
    make_item(title="Ferry sinks")
    make_article(world, title="A draft", publish=False)
    html = reporter.get("/desk/").content.decode()
    assert "A draft" in html and "Ferry sinks" not in html and "/desk/sources/" not in html


def test_an_edition_that_cannot_be_read_does_not_take_the_desk_with_it(editor: Client, settings: Any) -> None:
    settings.EDITION_PATH = "/proc/nowhere/edition.sqlite3"
    answer = editor.get("/desk/")
    assert answer.status_code == 200 and b"The edition cannot be read" in answer.content


def searched(text: str, *, times: int = 5, found: int = 2, days_ago: int = 0) -> None:
    """A term that readers searched for."""
    day = timezone.localdate() - timedelta(days=days_ago)
    SearchedTerm.objects.create(day=day, text=text, times=times, found=found)


def test_home_shows_what_readers_searched_for_this_week(editor: Client) -> None:
    assert "Nothing that 3 readers or more looked for." in editor.get("/desk/").content.decode()
    searched("ferry & bridge", times=9)
    searched("lighthouse", found=0)
    searched("somebody's name", times=2)
    searched("last week's", days_ago=7)
    html = editor.get("/desk/").content.decode()
    asked, in_vain = html[html.index("Searched for this week") :].split("All searches")[0].split("And not found")
    assert "/search/?q=ferry%20%26%20bridge" in asked and "9 times" in asked
    assert "lighthouse" in in_vain and "ferry" not in in_vain
    assert "somebody" not in html and "last week" not in html and 'href="/desk/searches/"' in html


def test_home_keeps_searches_from_those_who_may_not_see_them(client: Client, paper: Any) -> None:
    searched("lighthouse")
    client.force_login(make_user(MODERATORS))
    answer = client.get("/desk/")
    html = answer.content.decode()
    assert answer.status_code == 200 and "lighthouse" not in html and "/desk/searches/" not in html


def test_home_costs_the_same_and_stays_short_however_much_is_searched_for(editor: Client) -> None:
    def asked() -> tuple[int, int]:
        with CaptureQueriesContext(connection) as queries:
            html = editor.get("/desk/").content.decode()
        return len(queries), html.count("/search/?q=")

    searched("lighthouse", found=0)
    asked()
    few, _shown = asked()
    for number in range(30):
        searched(f"term {number}", found=number % 2)
    assert asked() == (few, 2 * SHOWN)


def message(**values: Any) -> Message:
    """A reader's message."""
    facts = {"kind": "contact", "name": "Ana", "email": "ana@example.org", "subject": "A mistake", "text": "On page 1"}
    return Message.objects.create(**{**facts, "sender": "x", **values})


def test_messages_are_read_taken_in_hand_and_closed(editor: Client) -> None:
    new, done = message(), message(subject="An old one", state="done")
    html = editor.get("/desk/messages/").content.decode()
    assert "A mistake" in html and "An old one" not in html and "Messages (1)" in html
    assert "An old one" in editor.get("/desk/messages/?state=done").content.decode()
    url = f"/desk/messages/edit/{new.pk}/"
    assert "On page 1" in editor.get(url).content.decode()
    assert editor.post(url, {"state": "done", "note": "Mended", "text": "Tampered"}).status_code == 302
    new.refresh_from_db()
    assert (new.state, new.note, new.text) == ("done", "Mended", "On page 1")
    assert new.handled_by is not None and new.handled_by.username in str(editor.get(url).wsgi_request.user)
    assert editor.get("/desk/messages/new/").status_code == 404
    assert done.handled_by is None


def test_messages_are_closed_to_reporters(reporter: Client) -> None:
    assert reporter.get(f"/desk/messages/edit/{message().pk}/").status_code == 302


def upload() -> SimpleUploadedFile:
    """A picture file."""
    data = io.BytesIO()
    Image.new("RGB", (40, 30), (90, 90, 120)).save(data, "PNG")
    return SimpleUploadedFile("harbour.png", data.getvalue(), "image/png")


XHR = {"X-Requested-With": "XMLHttpRequest"}


@pytest.mark.parametrize("way", ["single", "many", "chooser"])
def test_no_picture_comes_in_without_credit_and_alt_text(editor: Client, way: str) -> None:
    if way == "single":
        answer = editor.post("/desk/images/add/", {"title": "Harbour", "file": upload(), "collection": "1"})
    elif way == "many":
        answer = editor.post("/desk/images/multiple/add/", {"title": "Harbour", "files[]": upload()}, headers=XHR)
    else:
        form = {"image-chooser-upload-title": "Harbour", "image-chooser-upload-file": upload()}
        answer = editor.post("/desk/images/chooser/create/", form)
    assert not Picture.objects.exists()
    assert answer.status_code == 200
    if way == "many":
        return  # it is kept aside, out of the library, until the form beside it has been filled in
    assert "This field is required" in answer.content.decode()


def test_many_pictures_are_taken_once_they_are_described(editor: Client) -> None:
    answer = editor.post("/desk/images/multiple/add/", {"title": "Harbour", "files[]": upload()}, headers=XHR).json()
    number = answer["uploaded_file_id"]
    url = f"/desk/images/multiple/create_from_uploaded_image/{number}/"
    prefix = f"uploaded-image-{number}"
    bare = {f"{prefix}-title": "Harbour", f"{prefix}-description": "The harbour"}
    refused = editor.post(url, bare, headers=XHR).json()
    assert refused["success"] is False and "required" in refused["form"] and not Picture.objects.exists()
    assert editor.post(url, {**bare, f"{prefix}-credit": "Ana"}, headers=XHR).json()["success"]
    assert Picture.objects.get().credit == "Ana"


def test_the_menu_shows_each_what_concerns_them(editor: Client, reporter: Client, paper: Any) -> None:
    for_editor, for_reporter = editor.get("/desk/articles/"), reporter.get("/desk/articles/")
    for label in ("/desk/wire/", "/desk/sources/", "/desk/messages/"):
        assert label in for_editor.content.decode() and label not in for_reporter.content.decode()
    for label in ("/desk/fronts/", "/desk/snippets/newsroom/person/"):
        assert label in for_editor.content.decode() and label in for_reporter.content.decode()


def test_a_superuser_sees_every_screen(paper: Any, world: Any) -> None:
    make_item()
    make_picture()
    client = Client()
    client.force_login(User.objects.create_superuser("chief"))
    screens = "wire sources sources/new sources/import filing-rules filing-rules/new articles articles/new fronts"
    for path in ["", *(f"{name}/" for name in f"{screens} messages groups/new images reports/site-history".split())]:
        assert client.get(f"/desk/{path}").status_code == 200, path
