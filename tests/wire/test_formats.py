"""Feeds of every kind."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from broadsheet.wire.errors import ParseError
from broadsheet.wire.fetching import Fetched
from broadsheet.wire.formats import ParsedFeed, discovery, opml, parse
from tests.wire import samples

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def fetched(
    body: str | bytes, *, content_type: str = "application/xml", url: str = "https://feed.example/feed"
) -> Fetched:
    return Fetched(
        requested_url=url,
        url=url,
        moved_to="",
        status=200,
        headers={"content-type": content_type},
        body=body.encode() if isinstance(body, str) else body,
        fetched_at=NOW,
    )


def read(body: str | bytes) -> ParsedFeed:
    return parse(fetched(body))


def test_rss() -> None:
    entry = samples.entry("1", "Ships & storms", link="/news/1?x=1", body="<p>Wind.</p>")
    feed = read(samples.rss(entry, extra="<ttl>90</ttl>"))

    assert (feed.title, feed.site_url, feed.language, feed.ttl) == (
        "Coastal Courier",
        "https://coast.example/",
        "en",
        90,
    )
    (item,) = feed.items
    assert (item.guid, item.title, item.url) == ("1", "Ships & storms", "https://coast.example/news/1?x=1")
    assert item.content_html == "<p>Wind.</p>"
    assert item.published == datetime(2026, 11, 23, 10, tzinfo=UTC)


def test_atom() -> None:
    feed = read(samples.ATOM)

    assert (feed.title, feed.language, feed.hub) == ("Metro Wire", "en-GB", "https://hub.example/")
    (item,) = feed.items
    assert (item.url, item.authors, item.categories) == (
        "https://metro.example/news/tram",
        ("Noor Haddad",),
        ("Transport",),
    )
    assert item.published == datetime(2026, 11, 23, 9, tzinfo=UTC)
    assert "<p>The line" in item.content_html and item.summary_html == "<p>Short.</p>"


def test_rdf() -> None:
    (item,) = read(samples.RDF).items
    assert (item.title, item.url, item.authors) == ("Market hall listed", "https://old.example/1", ("Ida Berg",))
    assert item.published == datetime(2026, 11, 22, 8, tzinfo=UTC)


def test_json_feed() -> None:
    feed = read(samples.JSON_FEED)

    assert (feed.kind, feed.title, feed.hub) == ("json", "Bulletin", "https://hub.example/")
    (item,) = feed.items
    assert (item.guid, item.authors, item.categories) == ("7", ("Sam Okoro",), ("Culture",))
    assert item.content_html == "<p>First paragraph.</p><p>Second &amp; last.</p>"
    assert item.image_url == "https://bulletin.example/i.jpg"
    assert (item.enclosures[0].url, item.enclosures[0].length) == ("https://bulletin.example/a.mp3", 12)
    assert item.published == datetime(2026, 11, 23, 14, 30, tzinfo=UTC)


def test_news_sitemap_keeps_what_is_news() -> None:
    feed = read(samples.SITEMAP)
    assert (feed.kind, feed.title) == ("sitemap", "The Daily")
    assert [item.title for item in feed.items] == ["Bridge opens"]


@pytest.mark.parametrize(
    "document",
    [
        "<rss><channel><title>Old & odd</title><item><title>Still here</title></item>",
        "<?xml version='1.0' encoding='nonsense'?><rss version='0.91'><channel><item><title>Still&nbsp;here</title>",
        "<feed version='0.3' xmlns='http://purl.org/atom/ns#'><entry><title>Still here</title></entry></feed>",
        "\n\n<!-- hello --><rss version='0.92'><channel><item><title>Still here</title></item></channel></rss>junk",
    ],
)
def test_what_a_lenient_reader_accepts_we_accept(document: str) -> None:
    assert [item.title for item in read(document).items] == ["Still here"]


def test_an_entry_without_guid_or_link_has_a_steady_guid() -> None:
    document = "<rss version='2.0'><channel><title>T</title><item><title>Alone</title></item></channel></rss>"
    assert read(document).items[0].guid == read(document).items[0].guid != ""


@pytest.mark.parametrize(
    ("written", "sane"),
    [("Mon, 23 Nov 2126 10:00:00 GMT", False), ("Tue, 24 Nov 2026 11:00:00 GMT", True), ("undated", False)],
)
def test_absurd_dates_are_kept_apart(written: str, sane: bool) -> None:
    (item,) = read(samples.rss(samples.entry("1", "T", date=written))).items
    assert (item.published is not None) is sane
    if item.published:
        assert item.published <= NOW + timedelta(days=1)


def test_only_the_newest_entries_are_taken(settings: object) -> None:
    settings.WIRE_ITEMS_PER_POLL = 3  # type: ignore[attr-defined]
    days = [samples.entry(str(day), f"Day {day}", date=f"{day} Nov 2026 08:00:00 GMT") for day in range(10, 20)]
    assert [item.guid for item in read(samples.rss(*days)).items] == ["17", "18", "19"]


@pytest.mark.parametrize("body", ["", "<html><body>No feed</body></html>", '{"a": 1}', "\x00\x01", "[]", "<rss"])
def test_what_is_no_feed_is_refused_by_name(body: str) -> None:
    with pytest.raises(ParseError) as refusal:
        read(body)
    assert "https://feed.example/feed" in str(refusal.value)


def test_entities_neither_expand_nor_read_files() -> None:
    bomb = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    document = f'<!DOCTYPE r [<!ENTITY a0 "ha"><!ENTITY f SYSTEM "file:///etc/passwd">{bomb}]>'
    for title in ("&a9;", "&f;"):
        try:
            feed = read(document + samples.rss(samples.entry("1", "X")).replace("X</title>", f"{title}</title>"))
        except ParseError:
            continue
        assert "root:" not in repr(feed) and len(repr(feed)) < 10_000


def test_opml_goes_out_and_comes_in() -> None:
    outlines = (
        opml.Outline(url="https://a.example/rss", name='A & "B"', site_url="https://a.example/", groups=("World",)),
        opml.Outline(url="https://b.example/rss", name="B"),
    )
    assert set(opml.read(opml.write(outlines, "Ours"), "x.opml")) == set(outlines)


def test_a_list_with_a_bare_ampersand_or_without_a_body_is_read() -> None:
    listed = b'<opml version="1.0"><outline text="Arts & Letters" xmlUrl="https://a.example/?a=1&b=2"/></opml>'
    (outline,) = opml.read(listed, "list.opml")
    assert (outline.name, outline.url) == ("Arts & Letters", "https://a.example/?a=1&b=2")


def test_opml_with_entities_or_without_end_is_refused() -> None:
    entities = b'<!DOCTYPE o [<!ENTITY x "y">]><opml version="2.0"><body><outline text="&x;"/></body></opml>'
    deep = b"<opml><body>" + b'<outline text="a">' * 100 + b"</outline>" * 100 + b"</body></opml>"
    for document in (entities, deep, b"<opml", b"<rss/>"):
        with pytest.raises(ParseError):
            opml.read(document, "list.opml")


def test_a_page_names_its_feeds_and_comments_come_last() -> None:
    page = (
        b'<head><base href="/en/"><link rel="alternate" type="application/rss+xml" title="Comments" href="c.xml">'
        b'<link rel="alternate" type="application/atom+xml" href="news.xml"><link rel="alternate" href="/de/">'
    )
    assert discovery.links(page, "https://x.example/") == (
        "https://x.example/en/news.xml",
        "https://x.example/en/c.xml",
    )
