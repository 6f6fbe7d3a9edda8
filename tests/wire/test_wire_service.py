"""The demo's wire service, walked through with the wire's own doors."""

from __future__ import annotations

import io
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from PIL import Image

from broadsheet.ops.demo.wire_agencies import READY, RETITLED_AFTER, Agencies, in_turn
from broadsheet.ops.demo.wire_service import Service
from broadsheet.wire import actions
from broadsheet.wire.models import Item, ItemVersion, Source

CONTENT: dict[str, Any] = {
    "feeds": [
        {"slug": "coastal", "title": "Coastal Wire", "format": "rss", "licence": "Ours", "rights": "full_text"},
        {"slug": "metro", "title": "Metro Press", "format": "atom", "licence": "Ours", "rights": "excerpt"},
        {"slug": "bulletin", "title": "Bulletin", "format": "json", "licence": "CC BY 4.0", "rights": "full_text"},
    ],
    "reports": [
        {
            "feed": feed,
            "key": f"{feed}-{number}",
            "title": f"Report {number} of {feed}",
            "author": "Jonas Wick",
            "section_hint": "local",
            "summary": f"In short, {feed} {number}.",
            "picture": "ferry",
            "paragraphs": [f"Paragraph {part} of {feed} {number} has words enough to be read." * 3 for part in "abcd"],
            "artefacts": ["Story continues below", "Share this"],
        }
        for feed in ("coastal", "metro", "bulletin")
        for number in range(3)
    ],
}
CONTENT["reports"][-1]["retitle"] = "A better title"


@pytest.fixture
def service(tmp_path: Path, settings: Any) -> Iterator[Service]:
    cache.clear()
    written = io.BytesIO()
    Image.new("RGB", (300, 200)).save(written, "JPEG")
    (tmp_path / "ferry.jpg").write_bytes(written.getvalue())
    with Service(0, Agencies(CONTENT, every=60.0, started=time.time()), tmp_path) as service:
        settings.WIRE_FETCH_ALLOW = [service.base.removeprefix("http://")]
        settings.WIRE_HOST_INTERVAL = 0
        threading.Thread(target=service.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield service
        service.shutdown()


@pytest.mark.django_db
def test_the_whole_wire_comes_in(service: Service) -> None:
    for path in ("coastal.xml", "metro.xml", "bulletin.json"):
        source, _ = actions.add_source(f"{service.base}/{path}", rights="full_text", licence="x", images_allowed=True)
        assert actions.poll(source).arrived == 3
        assert not actions.poll(source).modified
    for item in Item.objects.all():
        assert item.full_text_error == ""
        assert "Paragraph a" in item.body_text and "Paragraph d" in item.body_text
        assert "Story continues" not in item.body_text and "Share" not in item.body_text
        assert item.body_html.startswith("<p>Paragraph a")
        assert "Most read" not in item.body_text and "utm_" not in item.url
        assert actions.fetch_picture(item).width == 300


@pytest.mark.django_db
def test_a_better_title_changes_the_item(service: Service) -> None:
    source, _ = actions.add_source(f"{service.base}/bulletin.json")
    actions.poll(source)
    service.agencies = Agencies(CONTENT, every=60.0, started=time.time() - 60.0 * RETITLED_AFTER)
    actions.poll(source)
    assert Item.objects.filter(title="A better title").count() == 1
    assert ItemVersion.objects.get().title == "Report 2 of bulletin"


@pytest.mark.django_db
def test_its_home_page_names_its_feeds(service: Service) -> None:
    assert actions.add_source(service.base + "/")[0].name == "Coastal Wire"
    assert Source.objects.count() == 1


def test_reports_follow_one_another_and_begin_again() -> None:
    agencies = Agencies(CONTENT, every=60.0, started=1_000_000.0)
    assert len(agencies.out(1_000_000.0)) == READY
    later = agencies.out(1_000_000.0 + 60.0)
    assert len(later) == READY + 1
    assert later[0].key == "coastal-0-2" and later[0].paragraphs != later[-1].paragraphs
    assert later[0].published > later[1].published


def test_the_agencies_take_turns_and_copies_follow_their_originals() -> None:
    copy = {"feed": "metro", "key": "copy", "near_duplicate_of": "coastal-0"}
    keys = [report["key"] for report in in_turn([*CONTENT["reports"], copy])]
    assert keys[:3] == ["coastal-0", "metro-0", "bulletin-0"]
    assert keys.index("copy") == 4
