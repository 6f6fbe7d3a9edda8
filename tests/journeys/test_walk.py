"""The whole walk, as a person does it: from a feed to a page in a reader's browser."""

from __future__ import annotations

import os
import urllib.request

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.journeys.conftest import Site

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        os.environ.get("BROADSHEET_TEST_DATABASE") == "postgres", reason="starts a site of its own, on SQLite"
    ),
]
HEADLINE = "Bridge closed: take the tunnel"


def text_of(url: str) -> str:
    with urllib.request.urlopen(url) as answer:
        return str(answer.read().decode())


@pytest.fixture(scope="module")
def desk(site: Site, browser: Browser):
    """An editor who has signed in."""
    page = browser.new_context(viewport={"width": 1300, "height": 900}).new_page()
    page.goto(f"{site.url}/desk/")
    page.fill("#id_username", "editor")
    page.fill("#id_password", "correct horse")
    page.click("button[type=submit]")
    expect(page).to_have_url(f"{site.url}/desk/")
    return page


@pytest.fixture(scope="module")
def published(site: Site, desk: Page) -> str:
    """Files the agency's report with one key, changes the headline, publishes; returns the article's address."""
    feed = f"http://{site.agency}/feed.xml"
    site.broadsheet("wire", "add", feed, "--rights", "full_text", "--licence", "CC BY 4.0", "--section", "news")
    site.broadsheet("wire", "poll", "--all")
    desk.goto(f"{site.url}/desk/wire/")
    expect(desk.get_by_text("Bridge to close for a week").first).to_be_visible()
    desk.keyboard.press("j")
    desk.keyboard.press("f")
    desk.wait_for_url("**/edit/")
    expect(desk.locator("#id_source_name")).to_have_value("Harbour Agency")
    desk.fill("#id_title", HEADLINE)
    desk.get_by_role("button", name="More actions").click()
    desk.locator("button[name=action-publish]").click()
    expect(desk.get_by_text("has been published")).to_be_visible()
    address = desk.get_by_role("link", name="View live").first.get_attribute("href") or ""
    return address if address.startswith("http") else site.url + address


def test_the_readers_next_request_shows_it_everywhere(site: Site, published: str):
    for path in (
        "/",
        "/news/",
        "/archive/",
        "/feed/rss.xml",
        "/news/feed/atom.xml",
        "/feed/feed.json",
    ):
        assert HEADLINE in text_of(site.url + path), path
    assert published in text_of(f"{site.url}/feed/rss.xml")


def test_a_reader_without_javascript_reads_it_with_its_source(site: Site, browser: Browser, published: str):
    reader = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800}).new_page()
    reader.goto(site.url)
    reader.get_by_role("link", name=HEADLINE).first.click()
    expect(reader).to_have_url(published)
    expect(reader.get_by_role("heading", level=1)).to_have_text(HEADLINE)
    expect(reader.get_by_text("Drivers are asked to use the tunnel").first).to_be_visible()
    expect(reader.get_by_text("Harbour Agency").first).to_be_visible()
    expect(reader.get_by_text("CC BY 4.0").first).to_be_visible()
    assert "Share this" not in (reader.locator(".body").text_content() or "")
    assert reader.context.cookies() == []
    assert reader.evaluate("document.documentElement.scrollWidth") <= 390


def test_nothing_is_loaded_from_elsewhere(site: Site, browser: Browser, published: str):
    reader = browser.new_page()
    asked: list[str] = []
    errors: list[str] = []
    reader.on("request", lambda request: asked.append(request.url))
    reader.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    reader.goto(published, wait_until="networkidle")
    assert not [url for url in asked if not url.startswith((site.url, "data:"))]
    assert errors == []


def test_a_live_box_is_there_without_a_script_and_kept_fresh_by_one(site: Site, browser: Browser, published: str):
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(published)
    expect(plain.locator("live-box a").first).to_have_text(HEADLINE)
    reader = browser.new_page()
    newer = '<ol class="just"><li><a href="/news/later/">Bridge open again</a></li></ol>'
    reader.route("**/boxes/latest/", lambda route: route.fulfill(body=newer, content_type="text/html"))
    reader.goto(published)
    expect(reader.locator("live-box a")).to_have_text(["Bridge open again"])
    reader.route("**/boxes/latest/", lambda route: route.fulfill(status=503, body="away"))
    reader.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    reader.wait_for_timeout(200)
    expect(reader.locator("live-box a")).to_have_text(["Bridge open again"])


def test_a_live_box_far_below_is_fetched_when_the_reader_comes_near(site: Site, browser: Browser, published: str):
    reader = browser.new_page(viewport={"width": 390, "height": 200})
    newer = '<ol class="just"><li><a href="/news/later/">Bridge open again</a></li></ol>'
    asked: list[str] = []

    def answer(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(body=newer, content_type="text/html")

    reader.route("**/boxes/latest/", answer)
    reader.goto(published, wait_until="networkidle")
    assert asked == []
    reader.locator("#latest-title").scroll_into_view_if_needed()
    expect(reader.locator("live-box a")).to_have_text(["Bridge open again"])


def test_menu_and_search_work_with_the_keyboard_and_without_a_script(site: Site, browser: Browser, published: str):
    reader = browser.new_page()
    reader.goto(site.url)
    reader.keyboard.press("/")
    search = reader.get_by_role("searchbox")
    expect(search).to_be_focused()
    search.fill("tunnel free of charge")
    reader.keyboard.press("Enter")
    for _ in range(20):  # the index is brought up to date by a job
        if reader.get_by_role("link", name=HEADLINE).count():
            break
        reader.wait_for_timeout(500)
        reader.reload()
    expect(reader.get_by_role("link", name=HEADLINE)).to_be_visible()
    reader.goto(site.url)
    reader.get_by_role("button", name="Menu").first.click()
    expect(reader.locator("#menu")).to_be_visible()
    reader.keyboard.press("Escape")
    expect(reader.locator("#menu")).not_to_be_visible()
    plain = browser.new_context(java_script_enabled=False).new_page()
    plain.goto(f"{site.url}/search/")
    plain.get_by_role("searchbox").first.fill("tunnel")
    plain.keyboard.press("Enter")
    expect(plain.get_by_role("link", name=HEADLINE).first).to_be_visible()


def test_a_message_to_the_editors_reaches_their_queue(site: Site, browser: Browser, desk: Page):
    reader = browser.new_context(java_script_enabled=False).new_page()
    reader.goto(f"{site.url}/contact/")
    reader.fill("#id_name", "Jo Reader")
    reader.fill("#id_email", "jo@example.org")
    reader.fill("#id_subject", "The bridge")
    reader.fill("#id_text", "It was closed on Sunday already.")
    reader.get_by_role("button", name="Send").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Thank you")
    desk.goto(f"{site.url}/desk/")
    desk.get_by_role("link", name="Messages").first.click()
    expect(desk.get_by_text("The bridge").first).to_be_visible()


def test_the_press_says_why(site: Site, published: str):
    assert "leaves" in site.broadsheet("press", "status")
    keys = site.broadsheet("press", "keys", published)
    assert "page/" in keys
    assert "section:" in keys


def test_what_is_withdrawn_is_gone_at_the_next_request(site: Site, desk: Page, published: str):
    desk.goto(f"{site.url}/desk/articles/")
    desk.get_by_role("link", name=f"Withdraw: {HEADLINE}").click()
    desk.get_by_role("button", name="Yes, unpublish it").click()
    expect(desk.get_by_text("unpublished").first).to_be_visible()
    assert HEADLINE not in text_of(site.url)
    with pytest.raises(OSError, match="404"):
        text_of(published)
