"""Taking on sources: by address, by discovery, by OPML, by command."""

from __future__ import annotations

from collections.abc import Callable
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from broadsheet.wire import actions
from broadsheet.wire.checks import check_settings
from broadsheet.wire.errors import NoFeedFound
from broadsheet.wire.formats import opml
from broadsheet.wire.models import Item, Source
from tests.wire import samples
from tests.wire.conftest import Answer, Site

pytestmark = pytest.mark.django_db


def wire(*words: str) -> str:
    out = StringIO()
    call_command("wire", *words, stdout=out)
    return out.getvalue()


def test_a_feed_is_taken_on_with_its_rights(site: Site) -> None:
    url = site.feed("/rss", samples.rss(samples.entry("1", "A")))
    said = wire(
        "add", url, "--rights", "full_text", "--licence", "CC BY 4.0", "--section", "world", "--filing", "draft"
    )
    source = Source.objects.get()
    assert "Coastal Courier" in said
    assert (source.name, source.rights, source.licence) == ("Coastal Courier", "full_text", "CC BY 4.0")
    assert (source.section_hint, source.filing, source.site_url) == ("world", "draft", "https://coast.example/")
    assert "Already known" in wire("add", url)


def test_a_sites_feed_is_found_from_its_address(site: Site) -> None:
    site.pages["/"] = Answer('<link rel="alternate" type="application/rss+xml" href="/news.xml">')
    site.feed("/news.xml", samples.rss(samples.entry("1", "A")))
    assert actions.add_source(site.url + "/")[0].url == f"{site.url}/news.xml"


def test_a_feed_at_a_usual_place_is_found_too(site: Site) -> None:
    site.pages["/"] = Answer("<h1>Welcome</h1>")
    site.feed("/atom.xml", samples.ATOM)
    assert actions.add_source(site.url + "/")[0].name == "Metro Wire"


def test_a_site_without_a_feed_says_so(site: Site) -> None:
    site.pages["/"] = Answer("<h1>Welcome</h1>")
    with pytest.raises(NoFeedFound):
        actions.add_source(site.url + "/")
    with pytest.raises(CommandError, match="No feed was found"):
        wire("add", site.url + "/")


def test_full_text_needs_a_licence() -> None:
    with pytest.raises(CommandError, match="--licence"):
        wire("add", "https://x.example/rss", "--rights", "full_text")


def test_poll_says_what_came_and_fails_when_nothing_could(site: Site, make_source: Callable[..., Source]) -> None:
    source = make_source(site.feed("/rss", samples.rss(samples.entry("1", "A"))))
    assert "1 new" in wire("poll", str(source.pk)) and Item.objects.count() == 1
    site.pages["/rss"] = Answer(status=403)
    with pytest.raises(CommandError):
        wire("poll", "--all")
    listed = wire("list")
    assert "failing" in listed and "refuses us" in listed
    with pytest.raises(CommandError, match="no source 999"):
        wire("poll", "999")


def test_check_shows_what_would_come_and_stores_nothing(site: Site) -> None:
    said = wire("check", site.feed("/rss", samples.rss(samples.entry("1", "Mole to be rebuilt"))))
    assert "Mole to be rebuilt" in said and Source.objects.count() == 0


def test_opml_in_and_out(tmp_path: Path, make_source: Callable[..., Source]) -> None:
    make_source("https://a.example/rss", name="A", section_hint="world")
    listed = tmp_path / "list.opml"
    outlines = [opml.Outline(url=f"https://{host}.example/rss", name=host, groups=("Local News",)) for host in "ab"]
    listed.write_bytes(opml.write(outlines, "Mine"))
    assert "1 sources added, 1 known" in wire("opml-import", str(listed))
    assert Source.objects.get(name="b").section_hint == "local-news"
    wire("opml-export", str(tmp_path / "out.opml"))
    found = opml.read((tmp_path / "out.opml").read_bytes(), "out.opml")
    assert {(outline.url, outline.groups) for outline in found} == {
        ("https://a.example/rss", ("world",)),
        ("https://b.example/rss", ("local-news",)),
    }
    with pytest.raises(CommandError):
        wire("opml-import", str(tmp_path / "missing.opml"))


@pytest.mark.parametrize(
    ("name", "value", "identity"),
    [
        ("WIRE_FETCH_ALLOW", ["10.0.0.0/8"], "wire.E001"),
        ("WIRE_FETCH_ALLOW", ["localhost:99999"], "wire.E001"),
        ("WIRE_FETCH_PORTS", [], "wire.E002"),
        ("WIRE_FETCH_DEADLINE", 0, "wire.E003"),
        ("WIRE_POLL_INTERVAL", (900, 300), "wire.E004"),
        ("WIRE_POLL_INTERVAL", (5, 300), "wire.W001"),
        ("WIRE_USER_AGENT_CONTACT", "", "wire.W002"),
    ],
)
def test_wrong_settings_are_named_with_the_mend(settings: Any, name: str, value: Any, identity: str) -> None:
    settings.WIRE_USER_AGENT_CONTACT = "https://paper.example"
    settings.WIRE_FETCH_ALLOW = ["127.0.0.1:8001", "[::1]:8001"]
    assert check_settings() == []
    setattr(settings, name, value)
    (message,) = check_settings()
    assert (message.id, bool(message.hint)) == (identity, True)
