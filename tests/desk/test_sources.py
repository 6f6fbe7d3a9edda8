"""Sources and filing rules in the admin."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from broadsheet.desk.sources.health import State, health_of, spell
from broadsheet.wire import actions as wire
from broadsheet.wire.actions.sources import Probe
from broadsheet.wire.errors import NoFeedFound
from broadsheet.wire.formats import ParsedFeed, ParsedItem
from broadsheet.wire.models import Filing, FilingRule, Source
from tests.desk.factories import make_item, make_source

pytestmark = pytest.mark.django_db

OPML = b"""<?xml version="1.0"?><opml version="2.0"><head/><body>
<outline text="World"><outline type="rss" text="One" xmlUrl="https://one.example/feed"/></outline></body></opml>"""


@pytest.fixture
def polled(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Ids of the sources that were asked."""
    asked: list[int] = []
    report = type("Report", (), {"arrived": 0})()
    monkeypatch.setattr(wire, "poll", lambda source: asked.append(source.pk) or report)
    return asked


@pytest.fixture
def found(monkeypatch: pytest.MonkeyPatch) -> None:
    """A site whose feed is found without the network."""
    entry = ParsedItem(guid="1", url="https://coast.example/1", title="Ferry sails again")
    feed = ParsedFeed(title="Coast News", site_url="", language="en", ttl=None, hub="", kind="feed", items=(entry,))

    def probe(url: str) -> Probe:
        if "nothing" in url:
            raise NoFeedFound(url)
        return Probe(url="https://coast.example/feed", feed=feed)

    monkeypatch.setattr(wire, "probe", probe)
    monkeypatch.setattr("broadsheet.wire.actions.sources.probe", probe)


def health(**values: Any) -> Any:
    """A source's health, fine but for these."""
    now = timezone.now()
    facts = {
        "active": True, "failures": 0, "last_error": "", "silent": False, "last_item_at": now,
        "last_fetched_at": now, "usual_gap": 600, "now": now,
    }  # fmt: skip
    return health_of(**{**facts, **values})


def test_health_names_the_worst_first_with_its_cause() -> None:
    assert health().state == State.FINE
    assert health(last_fetched_at=None).state == State.FIRST
    assert health(failures=3, last_error="It answered 403.", silent=True).cause == (
        "Failed 3 times in a row. It answered 403."
    )
    silent = health(silent=True, last_item_at=timezone.now() - timedelta(days=2))
    assert silent.state == State.SILENT
    assert "No report for 2 days; it usually brings one every 10 minutes" in silent.cause
    assert health(active=False, failures=9).state == State.OFF
    assert spell(timedelta(hours=1)) == "1 hour"


def test_the_list_says_how_each_source_is_doing(editor: Client) -> None:
    source = make_source("Fine Agency")
    make_item(source)
    make_source("Broken", failures=2, last_error="It answered 403: it refuses us.")
    html = editor.get("/desk/sources/").content.decode()
    assert "it refuses us" in html and "Failing" in html and "1 today" in html


def test_add_by_address_shows_first_what_would_come(editor: Client, found: None, polled: list[int]) -> None:
    html = editor.get("/desk/sources/new/", {"address": "coast.example"}).content.decode()
    assert "Ferry sails again" in html and not Source.objects.exists()
    form = {"address": "https://coast.example/feed", "name": "Coast", "rights": "excerpt", "filing": "hold"}
    assert editor.post("/desk/sources/new/", form).status_code == 302
    source = Source.objects.get()
    assert (source.name, source.rights, polled) == ("Coast", "excerpt", [source.pk])


def test_what_cannot_be_added_is_explained(editor: Client, found: None) -> None:
    answer = editor.get("/desk/sources/new/", {"address": "nothing.example"})
    assert "No feed was found" in answer.content.decode()
    form = {"address": "https://coast.example/feed", "name": "C", "rights": "full_text", "filing": "publish"}
    html = editor.post("/desk/sources/new/", form).content.decode()
    assert "needs the name of its licence" in html and "choose one" in html
    assert not Source.objects.exists()


def test_a_known_source_is_led_to(editor: Client, found: None) -> None:
    source = make_source(url="https://coast.example/feed")
    answer = editor.get("/desk/sources/new/", {"address": "coast.example"})
    assert answer.headers["Location"] == f"/desk/sources/edit/{source.pk}/"


def test_rights_are_edited_and_full_text_needs_a_licence(editor: Client, world: Any) -> None:
    source = make_source()
    form = {
        "name": "Renamed", "url": source.url, "active": "on", "rights": "full_text", "embargo_minutes": "0",
        "filing": "hold", "section_hint": "world",
    }  # fmt: skip
    url = f"/desk/sources/edit/{source.pk}/"
    assert "needs the name of its licence" in editor.post(url, form).content.decode()
    assert editor.post(url, {**form, "licence": "CC BY 4.0"}).status_code == 302
    source.refresh_from_db()
    assert (source.name, source.rights, source.section_hint) == ("Renamed", "full_text", "world")


def test_poll_now_and_the_switch(editor: Client, polled: list[int]) -> None:
    source = make_source(failures=3, last_error="x")
    editor.post(f"/desk/sources/{source.pk}/poll/")
    assert polled == [source.pk]
    editor.post(f"/desk/sources/{source.pk}/switch/")
    source.refresh_from_db()
    assert not source.active
    editor.post(f"/desk/sources/{source.pk}/switch/")
    source.refresh_from_db()
    assert source.active and source.failures == 0 and source.next_fetch_at <= timezone.now()
    assert editor.get(f"/desk/sources/{source.pk}/poll/").status_code == 405


def test_opml_in_and_out(editor: Client) -> None:
    answer = editor.post("/desk/sources/import/", {"file": SimpleUploadedFile("feeds.opml", OPML)})
    assert answer.status_code == 302 and Source.objects.get().section_hint == "world"
    export = editor.get("/desk/sources/export/")
    assert b"https://one.example/feed" in export.content and "attachment" in export.headers["Content-Disposition"]
    broken = editor.post("/desk/sources/import/", {"file": SimpleUploadedFile("x.opml", b"<html>no")})
    assert broken.status_code == 200 and b"x.opml" in broken.content


def test_rules_are_made_and_ordered(editor: Client, world: Any) -> None:
    form = {"include_words": "ferry", "action": Filing.DRAFT, "section": "world", "active": "on"}
    assert editor.post("/desk/filing-rules/new/", form).status_code == 302
    editor.post("/desk/filing-rules/new/", {**form, "include_words": "bridge"})
    _, second = FilingRule.objects.order_by("position", "id")
    assert editor.post(f"/desk/filing-rules/reorder/{second.pk}/?position=0").status_code == 200
    assert FilingRule.objects.order_by("position", "id").first() == second
    assert b"bridge" in editor.get("/desk/filing-rules/").content


def test_sources_are_closed_to_reporters(reporter: Client, polled: list[int]) -> None:
    source = make_source()
    for path in ("", "new/", "export/", "import/", f"edit/{source.pk}/"):
        assert reporter.get(f"/desk/sources/{path}").status_code == 302
    reporter.post(f"/desk/sources/{source.pk}/poll/")
    reporter.post(f"/desk/sources/{source.pk}/switch/")
    source.refresh_from_db()
    assert source.active and polled == []
