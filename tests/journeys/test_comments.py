"""A comment's way: written without JavaScript, confirmed by mail, published at the desk, answered, told of, stopped."""

from __future__ import annotations

import os
import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.journeys.conftest import Site

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        os.environ.get("BROADSHEET_TEST_DATABASE") == "postgres", reason="starts a site of its own, on SQLite"
    ),
]
READER, OTHER = "jo@example.org", "bo@example.org"
PUBLISH = """
from broadsheet.newsroom.models import Section
from tests.factories import make_article
make_article(Section.objects.get(slug="news"), slug="bridge", title="Bridge closed", standfirst="Take the tunnel.")
"""


@pytest.fixture(scope="module")
def desk(site: Site, browser: Browser) -> Page:
    """An editor who has signed in; an article is published."""
    site.broadsheet("shell", "-c", PUBLISH)
    page = browser.new_context(viewport={"width": 1300, "height": 900}).new_page()
    page.goto(f"{site.url}/desk/")
    page.fill("#id_username", "editor")
    page.fill("#id_password", "correct horse")
    page.click("button[type=submit]")
    expect(page).to_have_url(f"{site.url}/desk/")
    return page


def link_from_mail(site: Site, desk: Page, to: str, subject: str, part: str) -> str:
    """A link in a mail of the site's mailbox, as soon as it is there."""
    for _ in range(60):
        desk.goto(f"{site.url}/desk/mailbox/?to={to}")
        found = desk.get_by_role("link", name=re.compile(subject))
        if found.count():
            found.first.click()
            text = desk.locator("main").text_content() or ""
            return re.search(rf"{site.url}/comments/{part}\S*?/(?=\s|$)", text)[0]  # type: ignore[index]
        desk.wait_for_timeout(500)
    raise AssertionError(f"no mail “{subject}” to {to}")


def write(page: Page, site: Site, desk: Page, email: str, name: str, text: str) -> None:
    """Fill the form in and confirm by the mail."""
    page.get_by_label("Your comment").fill(text)
    page.get_by_label("Name", exact=True).fill(name)
    page.get_by_label("E-mail address").last.fill(email) if page.get_by_label("E-mail address").count() == 1 else (
        page.locator("#c-email").fill(email)
    )
    page.locator("#c-follow, #c-follow-2").first.check()
    page.wait_for_timeout(4200)  # nobody writes a comment within four seconds
    page.locator("form:has(#c-text)").get_by_role("button", name="Send").click()
    expect(page.get_by_role("heading", name="Look into your mailbox")).to_be_visible()
    page.goto(link_from_mail(site, desk, email, "Please confirm your comment", "confirm/"))
    page.get_by_role("button", name="Yes, this is my comment").click()


def test_write_confirm_publish_answer_and_stop(site: Site, browser: Browser, desk: Page):
    reader = browser.new_context(java_script_enabled=False, viewport={"width": 390, "height": 800}).new_page()
    reader.goto(f"{site.url}/news/bridge/")
    reader.get_by_text("Leave a comment").click()
    write(reader, site, desk, READER, "Jo Marsh", "The tunnel is *flooded*.")
    expect(reader.get_by_text("Waits for a moderator")).to_be_visible()

    desk.goto(f"{site.url}/desk/comments/")
    expect(desk.get_by_text("The tunnel is flooded.")).to_be_visible()
    desk.keyboard.press("j")
    desk.keyboard.press("a")
    expect(desk.get_by_role("status").filter(has_text="Published")).to_be_visible()

    other = browser.new_context(viewport={"width": 1300, "height": 900}).new_page()
    other.goto(f"{site.url}/news/bridge/")
    expect(other.locator("#comments em")).to_have_text("flooded")
    other.get_by_role("link", name="Reply to Jo Marsh").click()
    expect(other.locator("li#comment-1 form")).to_be_visible()
    assert other.url.rstrip("/").endswith("/news/bridge"), "the form came to the comment"
    write(other, site, desk, OTHER, "Bo", "Since Tuesday!")
    desk.goto(f"{site.url}/desk/comments/")
    desk.get_by_role("button", name="Publish").last.click()
    expect(desk.get_by_role("status").filter(has_text="Published")).to_be_visible()

    stop = link_from_mail(site, desk, READER, "Bo on “Bridge closed”", "stop/")
    reader.goto(f"{site.url}/news/bridge/")
    expect(reader.locator("li.d1")).to_contain_text("Since Tuesday!")
    expect(reader.get_by_role("link", name="2 comments")).to_be_visible()
    reader.goto(stop)
    reader.get_by_role("button", name="Mail me no more of these comments").click()
    expect(reader.get_by_role("heading", name="Stopped")).to_be_visible()
    assert reader.context.cookies() == other.context.cookies() == []
