"""From a feed on a server to items in the database."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from broadsheet.wire import actions, signals
from broadsheet.wire.actions import PollReport, listening
from broadsheet.wire.models import FilingRule, Item, ItemVersion, Sighting, Source, Status
from tests.wire import samples
from tests.wire.conftest import Answer, Site

Make = Callable[..., Source]


@pytest.fixture
def news(django_capture_on_commit_callbacks: Any) -> Iterator[Callable[[Source], tuple[PollReport, list[Any]]]]:
    """Poll, and collect what the wire tells the rooms above it."""
    told: list[Any] = []

    def arrived(sender: type, item: Item, **rest: Any) -> None:
        told.append(("arrived", item.title))

    def changed(sender: type, item: Item, change: Any, **rest: Any) -> None:
        told.append(("changed", item.title, change.fields))

    signals.item_arrived.connect(arrived)
    signals.item_changed.connect(changed)

    def poll(source: Source) -> tuple[PollReport, list[Any]]:
        told.clear()
        with django_capture_on_commit_callbacks(execute=True):
            report = actions.poll(source)
        return report, list(told)

    yield poll
    signals.item_arrived.disconnect(arrived)
    signals.item_changed.disconnect(changed)


def test_a_feed_becomes_items(site: Site, make_source: Make, news: Any) -> None:
    entry = samples.entry("1", "Mole to be rebuilt", link="https://coast.example/1", body=f"<p>{samples.BODY}</p>")
    source = make_source(
        site.feed("/rss", samples.rss(entry)), section_hint="harbour", licence="CC BY 4.0", embargo_minutes=30,
        expires_after_days=10, rights="excerpt",
    )  # fmt: skip

    report, told = news(source)

    item = Item.objects.get()
    assert (report.arrived, report.error, told) == (1, "", [("arrived", "Mole to be rebuilt")])
    assert (item.section_hint, item.licence, item.rights, item.status) == ("harbour", "CC BY 4.0", "excerpt", "new")
    assert item.body_html == f"<p>{samples.BODY}</p>" and item.words == 38
    assert item.published_at == datetime(2026, 11, 23, 10, tzinfo=UTC)
    assert item.embargo_until == item.published_at + timedelta(minutes=30)
    assert item.expires_at == item.published_at + timedelta(days=10)
    assert list(item.sightings.values_list("source__name", "guid")) == [("Coastal Courier", "1")]


def test_a_second_poll_is_conditional_and_brings_nothing(site: Site, make_source: Make, news: Any) -> None:
    source = make_source(site.feed("/rss", samples.rss(samples.entry("1", "A")), ETag='"v1"'))
    news(source)
    report, told = news(Source.objects.get())
    assert (report.modified, report.arrived, told) == (False, 0, [])
    assert site.asked[1][1]["if-none-match"] == '"v1"'


def test_the_same_feed_again_without_validators_brings_nothing(site: Site, make_source: Make, news: Any) -> None:
    source = make_source(site.feed("/rss", samples.rss(samples.entry("1", "A"), samples.entry("2", "B"))))
    assert news(source)[0].arrived == 2
    report, told = news(source)
    assert (report.arrived, report.changed, told) == (0, 0, [])


def test_a_retitled_report_is_the_same_item_with_a_version(site: Site, make_source: Make, news: Any) -> None:
    source = make_source(site.feed("/rss", samples.rss(samples.entry("1", "Board votes", body=samples.BODY))))
    news(source)
    site.feed("/rss", samples.rss(samples.entry("1", "Board votes for the mole", body=samples.BODY)))

    report, told = news(source)

    assert (report.arrived, report.changed) == (0, 1)
    assert told == [("changed", "Board votes for the mole", ("title",))]
    assert Item.objects.get().title == "Board votes for the mole"
    assert list(ItemVersion.objects.values_list("title", "changed")) == [("Board votes", ["title"])]


def test_one_report_from_three_feeds_retitled_in_one_is_one_item(site: Site, make_source: Make, news: Any) -> None:
    link = "https://agency.example/mole"
    feeds = {
        "/a": samples.entry("a-1", "Board votes", link=link + "?utm_source=a", body=samples.BODY),
        "/b": samples.entry("b-9", "Board votes", link=link, body=samples.BODY),
        "/c": samples.entry("c-3", "Harbour dispute ends", link="https://c.example/x", body=f"<p>{samples.BODY}</p>"),
    }
    reports = [news(make_source(site.feed(path, samples.rss(entry))))[0] for path, entry in feeds.items()]

    assert [report.arrived for report in reports] == [1, 0, 0]
    assert [report.seen_again for report in reports] == [0, 1, 1]
    item = Item.objects.queue().get()
    assert {sighting.guid for sighting in item.sightings.all()} == {"a-1", "b-9", "c-3"}
    for source in Source.objects.all():
        assert Item.objects.from_source(source).get() == item


def test_the_same_entry_twice_in_one_feed_is_one_item(site: Site, make_source: Make, news: Any) -> None:
    entries = [samples.entry(guid, "A", link="https://a.example/1") for guid in ("1", "2", "1")]
    report, told = news(make_source(site.feed("/rss", samples.rss(*entries))))
    assert (report.arrived, report.seen_again, len(told)) == (1, 1, 1)
    assert Sighting.objects.count() == 2


def test_another_source_does_not_change_the_item(site: Site, make_source: Make, news: Any) -> None:
    link = "https://agency.example/mole"
    news(make_source(site.feed("/a", samples.rss(samples.entry("1", "Ours", link=link)))))
    other = make_source(site.feed("/b", samples.rss(samples.entry("1", "Theirs", link=link))))
    news(other)
    site.feed("/b", samples.rss(samples.entry("1", "Theirs again", link=link)))
    assert news(other)[0].changed == 0
    assert Item.objects.get().title == "Ours"


def _full_text(site: Site, make_source: Make, **fields: Any) -> Source:
    entry = samples.entry("1", "Mole to be rebuilt", link=f"{site.url}/news/mole", body="A teaser.")
    fields = {"rights": "full_text", "licence": "CC BY 4.0", "images_allowed": True, **fields}
    return make_source(site.feed("/rss", samples.rss(entry)), **fields)


def test_full_text_and_picture_come_from_the_linked_page(site: Site, make_source: Make, news: Any) -> None:
    site.pages["/news/mole"] = Answer(samples.PAGE)
    news(_full_text(site, make_source))
    item = Item.objects.get()
    assert "Paragraph six" in item.body_text and "Story continues" not in item.body_text
    assert item.image_url == f"{site.url}/pictures/mole.jpg"
    assert (item.byline, item.full_text_error) == (["Rosa Lind"], "")
    assert item.summary == "A teaser."
    assert "/pictures/mole.jpg" not in site.paths()


def test_without_the_rights_the_page_is_not_asked_for(site: Site, make_source: Make, news: Any) -> None:
    site.pages["/news/mole"] = Answer(samples.PAGE)
    news(_full_text(site, make_source, rights="excerpt", images_allowed=False))
    assert site.paths() == ["/rss"]
    assert Item.objects.get().image_url == ""


@pytest.mark.parametrize("page", [Answer(status=500), Answer(b"\x00\xff\x00"), Answer("<p>Log in</p>")])
def test_a_page_that_cannot_be_extracted_still_gives_the_item(
    site: Site, make_source: Make, news: Any, page: Answer
) -> None:
    site.pages["/news/mole"] = page
    report, _ = news(_full_text(site, make_source))
    item = Item.objects.get()
    assert (report.error, item.title, item.body_text) == ("", "Mole to be rebuilt", "A teaser.")
    if page.status == 500:
        assert "500" in item.full_text_error


def test_the_editors_rules_file_what_arrives(site: Site, make_source: Make, news: Any) -> None:
    FilingRule.objects.create(include_words="mole\npier", action="publish", section="harbour")
    entries = [samples.entry("1", "The Mole stands"), samples.entry("2", "The moles dig")]
    news(make_source(site.feed("/rss", samples.rss(*entries)), filing="draft", section_hint="news"))
    filed = dict(Item.objects.values_list("guid", "filing"))
    assert filed == {"1": "publish", "2": "draft"}
    assert Item.objects.in_section("harbour").get().guid == "1"


def _hang(handler: BaseHTTPRequestHandler) -> None:
    time.sleep(3)


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (Answer(status=403), "refuses us"),
        (Answer(status=503), "fault of its own"),
        (Answer("<html>Not a feed</html>"), "no feed"),
        (Answer(b"\x1f\x8b\x00broken", headers={"Content-Encoding": "gzip"}), "cannot be read"),
        (Answer(status=302, headers={"Location": "http://10.0.0.1/"}), "10.0.0.1"),
        (_hang, "within 1 s"),
    ],
)
def test_a_bad_feed_is_recorded_with_cause_and_next_try_and_harms_no_other(
    site: Site, make_source: Make, settings: Any, answer: Any, cause: str
) -> None:
    settings.WIRE_FETCH_DEADLINE = 1.0
    site.pages["/bad"] = answer
    bad = make_source(f"{site.url}/bad", name="Bad")
    make_source(site.feed("/good", samples.rss(samples.entry("1", "Good news"))), name="Good")

    reports = {report.name: report for report in actions.poll_due()}

    bad.refresh_from_db()
    assert reports["Good"].arrived == 1 and Item.objects.get().title == "Good news"
    assert cause in reports["Bad"].error and cause in bad.last_error
    assert (bad.failures, bad.last_fetched_at) == (1, None)
    assert bad.last_error_at is not None and bad.next_fetch_at > timezone.now()
    site.feed("/bad", samples.rss(samples.entry("2", "Well again")))
    assert actions.poll(bad).error == ""
    bad.refresh_from_db()
    assert (bad.failures, bad.last_error) == (0, "")


def test_a_feed_that_is_gone_is_asked_no_more(site: Site, make_source: Make) -> None:
    site.pages["/gone"] = Answer(status=410)
    source = make_source(f"{site.url}/gone")
    actions.poll_due()
    source.refresh_from_db()
    assert not source.active and actions.poll_due() == []


def test_retry_after_is_kept_to(site: Site, make_source: Make) -> None:
    site.pages["/busy"] = Answer(status=429, headers={"Retry-After": "86400"})
    source = make_source(f"{site.url}/busy")
    actions.poll(source)
    assert source.next_fetch_at >= timezone.now() + timedelta(seconds=86_300)


def test_a_move_for_good_is_followed(site: Site, make_source: Make) -> None:
    site.feed("/new", samples.rss(samples.entry("1", "A")))
    site.pages["/old"] = Answer(status=301, headers={"Location": "/new"})
    source = make_source(f"{site.url}/old")
    actions.poll(source)
    source.refresh_from_db()
    assert source.url == f"{site.url}/new"


def test_what_is_not_due_is_left_alone(site: Site, make_source: Make) -> None:
    make_source(site.feed("/rss", samples.rss()), next_fetch_at=timezone.now() + timedelta(hours=1))
    make_source(site.feed("/off", samples.rss()), active=False)
    assert actions.poll_due() == [] and site.asked == []


def _queries(source: Source) -> int:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        actions.poll(source)
    return len(queries)


def test_a_poll_costs_a_bounded_number_of_queries(site: Site, make_source: Make) -> None:
    def document(count: int, word: str) -> str:
        return samples.rss(*(samples.entry(f"{word}{n}", f"{word} {n}", body=f"{word} {n}") for n in range(count)))

    few = make_source(site.feed("/few", document(2, "few")))
    many = make_source(site.feed("/many", document(20, "many")))
    first, second = _queries(few), _queries(many)
    assert second <= first + 2 and second <= 16
    site.feed("/many", document(20, "many").replace("<title>many", "<title>Changed many"))
    assert _queries(many) <= 16
    assert ItemVersion.objects.count() == 20


def test_a_handler_that_fails_stops_nothing(
    site: Site, make_source: Make, django_capture_on_commit_callbacks: Any, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(sender: type, **news: Any) -> None:
        raise RuntimeError("the desk is on fire")

    signals.item_arrived.connect(broken)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            report = actions.poll(make_source(site.feed("/rss", samples.rss(samples.entry("1", "A")))))
    finally:
        signals.item_arrived.disconnect(broken)
    assert report.arrived == 1 and "on fire" in caplog.text


def test_a_fault_of_our_own_is_recorded_and_harms_no_other(
    site: Site, make_source: Make, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    clean = listening.report_from

    def break_over_one(entry: Any, **rest: Any) -> Any:
        if entry.title == "Poison":
            raise ZeroDivisionError("oh no")
        return clean(entry, **rest)

    monkeypatch.setattr(listening, "report_from", break_over_one)
    poisoned = make_source(site.feed("/bad", samples.rss(samples.entry("1", "Poison"))), name="Bad")
    make_source(site.feed("/good", samples.rss(samples.entry("1", "Good news"))), name="Good")
    reports = {report.name: report for report in actions.poll_due()}
    poisoned.refresh_from_db()
    assert reports["Good"].arrived == 1 and "oh no" in poisoned.last_error and poisoned.failures == 1
    assert "oh no" in caplog.text


def test_a_site_whose_pages_fail_is_soon_left_alone(site: Site, make_source: Make) -> None:
    entries = [samples.entry(str(n), f"Report {n}", link=f"{site.url}/news/{n}") for n in range(9)]
    actions.poll(make_source(site.feed("/rss", samples.rss(*entries)), rights="full_text", licence="x"))
    assert Item.objects.count() == 9
    assert len([path for path in site.paths() if path.startswith("/news/")]) == 3


def test_text_that_no_database_keeps_is_mended(site: Site, make_source: Make) -> None:
    title = r"A\u0000B \ud800 C"
    entry = f'{{"id": "1\\u0000", "title": "{title}", "content_html": "<p>{title}</p>", "tags": ["{title}"]}}'
    site.pages["/json"] = Answer(f'{{"version": "1", "title": "T", "items": [{entry}]}}', type="application/json")
    report = actions.poll(make_source(f"{site.url}/json"))
    assert (report.error, Item.objects.get().title) == ("", "AB C")


def test_the_queue_leaves_out_what_is_done_or_expired(make_item: Callable[..., Item]) -> None:
    new, held, spiked = make_item(title="New"), make_item(title="Held"), make_item(title="Spiked")
    make_item(title="Old", expires_at=timezone.now() - timedelta(days=1))
    make_item(title="Filed", status=Status.FILED)
    actions.hold(held)
    actions.spike(spiked)
    assert list(Item.objects.queue()) == [new]
    actions.unspike(spiked)
    assert list(Item.objects.queue()) == [spiked, new]
    assert list(Item.objects.containing("spik")) == [spiked]


def test_the_queue_is_read_from_its_index(make_item: Callable[..., Item]) -> None:
    for _ in range(3):
        make_item()
    if connection.vendor == "sqlite":
        plan = Item.objects.filter(status=Status.NEW).order_by("-first_seen_at", "-id")[:50].explain()
        assert "wire_item_queue" in plan and "TEMP B-TREE" not in plan
