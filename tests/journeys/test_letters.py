"""A letter's way: a reader subscribes, confirms by the mail, gets the morning letter, leaves with one click."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Site

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        os.environ.get("BROADSHEET_TEST_DATABASE") == "postgres", reason="starts a site of its own, on SQLite"
    ),
]
READER = "jo@example.org"
PUBLISH = """
from broadsheet.newsroom.models import Section
from tests.factories import make_article
make_article(Section.objects.get(slug="news"), slug="bridge", title="Bridge closed", standfirst="Take the tunnel.")
"""


@pytest.fixture(scope="module")
def desk(site: Site, browser: Browser):
    """An editor-in-chief who has signed in; an article is published."""
    site.broadsheet("shell", "-c", PUBLISH)
    page = browser.new_context(viewport={"width": 1300, "height": 900}).new_page()
    page.goto(f"{site.url}/desk/")
    page.fill("#id_username", "editor")
    page.fill("#id_password", "correct horse")
    page.click("button[type=submit]")
    expect(page).to_have_url(f"{site.url}/desk/")
    return page


@pytest.fixture
def reader(browser: Browser) -> Page:
    """A reader on a phone, without JavaScript."""
    return browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800}).new_page()


def mail_to_reader(site: Site, desk: Page, subject: str) -> None:
    """Open a mail in the site's mailbox, as soon as it is there."""
    for _ in range(60):
        desk.goto(f"{site.url}/desk/mailbox/?to={READER}")
        found = desk.get_by_role("link", name=subject)
        if found.count():
            found.first.click()
            return
        desk.wait_for_timeout(500)
    raise AssertionError(f"no mail “{subject}” to {READER}")


def test_subscribe_confirm_read_and_leave(site: Site, browser: Browser, desk: Page, reader: Page):
    reader.goto(site.url)
    reader.get_by_label("E-mail address").fill(READER)
    reader.get_by_role("button", name="Subscribe").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Look into your mailbox")
    assert reader.context.cookies() == []

    mail_to_reader(site, desk, "Please confirm")
    html = desk.frame_locator("iframe.desk-mail__html")
    link = html.get_by_role("link", name="Confirm").get_attribute("href") or ""
    reader.goto(link)
    reader.goto(link)  # a scanner's visit and the reader's own: neither does anything
    expect(reader.get_by_role("heading", level=1)).to_have_text("One more click")
    reader.get_by_role("button", name="Yes, subscribe me").click()
    expect(reader.get_by_role("heading", level=1)).to_have_text("Your letters")
    own_page = reader.url
    expect(reader.get_by_label("The morning letter")).to_be_checked()

    desk.goto(f"{site.url}/desk/letters/")
    desk.get_by_role("link", name="New letter").first.click()
    desk.locator("#id_newsletter").select_option(label="The morning letter")
    desk.get_by_role("button", name="Make a draft").click()
    expect(desk.frame_locator("iframe").get_by_text("Bridge closed").first).to_be_visible()
    desk.get_by_text("Send now", exact=True).click()
    expect(desk.get_by_text("It goes to 1 subscriber and cannot be called back.")).to_be_visible()
    desk.get_by_role("button", name="Send it").click()
    expect(desk.get_by_text("It is on its way to 1.")).to_be_visible()

    mail_to_reader(site, desk, "Bridge closed")
    letter = desk.frame_locator("iframe.desk-mail__html")
    headline = letter.get_by_role("link", name="Bridge closed").first
    reader.goto(headline.get_attribute("href") or "")
    expect(reader).to_have_url(f"{site.url}/news/bridge/")
    expect(desk.locator(".desk-mail__text")).to_contain_text("Take the tunnel.")
    with desk.context.expect_page() as opened:
        desk.get_by_role("button", name="Unsubscribe").click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("You have left")
    reader.goto(own_page)
    expect(reader.get_by_text(f"{READER} gets no letters.")).to_be_visible()
    assert reader.context.cookies() == []


def test_the_letter_stands_in_the_archive_and_its_clicks_are_counted(site: Site, desk: Page, reader: Page):
    reader.goto(f"{site.url}/newsletters/morning/")
    reader.get_by_role("link", name="Bridge closed").first.click()
    expect(reader.get_by_role("heading", level=3, name="Bridge closed")).to_be_visible()
    assert reader.evaluate("document.documentElement.scrollWidth") <= 390
    desk.goto(f"{site.url}/desk/letters/")
    expect(desk.get_by_text("1 clicks")).to_be_visible()
