"""The wire desk in a real browser: keyboard, acting in place, news of newer reports."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect, sync_playwright

from broadsheet.newsroom.models import Article
from broadsheet.wire.models import Item, Status
from tests.desk.factories import PASSWORD, make_editor, make_item
from tests.factories import make_paper, make_section

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")  # Playwright keeps an event loop in this thread


@pytest.fixture
def desk(live_server: Any, chromium: str) -> Iterator[Page]:
    """An editor's browser on the wire desk of a paper with three reports, and what it complained of."""
    make_paper()
    make_section(title="World", slug="world")
    for title in ("First", "Second", "Third"):
        make_item(
            title=f"{title} report", section_hint="world", minutes_ago={"First": 1, "Second": 2, "Third": 3}[title]
        )
    editor = make_editor()
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        complaints: list[str] = []
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{live_server.url}/desk/login/?next=/desk/wire/")
        page.fill("[name=username]", editor.username)
        page.fill("[name=password]", PASSWORD)
        page.click("button[type=submit]")
        expect(page.locator("[data-item]")).to_have_count(3)
        yield page
        assert complaints == []
        browser.close()


def status(title: str) -> str:
    """Where a report stands."""
    return Item.objects.get(title=title).status


def test_a_shift_at_the_wire_by_keyboard(desk: Page) -> None:
    rows = desk.locator("[data-item]")
    places = [rows.nth(number).bounding_box() for number in range(3)]
    desk.keyboard.press("j")
    desk.keyboard.press("o")
    expect(desk.locator("[data-wire-pane] h2")).to_have_text("First report")
    desk.keyboard.press("s")
    expect(rows.nth(0)).to_contain_text("Spiked")
    expect(desk.locator("[data-wire-pane] h2")).to_have_text("Second report")
    assert status("First report") == Status.SPIKED
    desk.keyboard.press("u")
    expect(rows.nth(0)).to_contain_text("File to World")
    assert status("First report") == Status.NEW
    desk.keyboard.press("j")
    desk.keyboard.press("h")
    expect(rows.nth(1)).to_contain_text("Held")
    desk.keyboard.press("Shift+F")
    expect(rows.nth(2)).to_contain_text("Open draft")
    assert [rows.nth(number).bounding_box()["y"] for number in range(3)] == [box["y"] for box in places]  # type: ignore[index]
    desk.keyboard.press("?")
    expect(desk.locator("[data-wire-keys]")).to_be_visible()
    desk.keyboard.press("Escape")
    desk.keyboard.press("/")
    expect(desk.locator("#wire-text")).to_be_focused()
    desk.keyboard.type("just words")
    expect(desk.locator("#wire-text")).to_have_value("just words")


def test_one_key_files_and_opens_the_draft(desk: Page) -> None:
    desk.keyboard.press("j")
    desk.keyboard.press("f")
    desk.wait_for_url("**/desk/pages/*/edit/")
    assert Article.objects.get().title == "First report"
    expect(desk.locator("[name=title]")).to_have_value("First report")


def test_newer_reports_are_announced_and_nothing_moves(desk: Page) -> None:
    make_item(title="Fourth report")
    desk.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    news = desk.locator("[data-wire-news]")
    expect(news).to_have_text("1 new report")
    expect(desk.locator("[data-item]")).to_have_count(3)
    news.click()
    expect(desk.locator("[data-item]")).to_have_count(4)


def test_a_refusal_is_told_and_the_row_stays(desk: Page) -> None:
    Item.objects.filter(title="First report").update(status=Status.FILED)
    desk.keyboard.press("j")
    desk.keyboard.press("s")
    expect(desk.locator(".messages")).to_contain_text("left as it is")
    expect(desk.locator("[data-item]").nth(0)).to_contain_text("File to World")


def test_every_button_works_without_script(desk: Page) -> None:
    context = desk.context.browser.new_context(java_script_enabled=False)  # type: ignore[union-attr]
    context.add_cookies(desk.context.cookies())  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(desk.url)
    page.get_by_role("button", name="Spike", exact=True).nth(1).click()
    expect(page.locator("[data-item]")).to_have_count(2)
    page.get_by_role("link", name="Second report").click()
    page.get_by_role("button", name="File and stay").click()
    assert Article.objects.get().title == "Second report"
    context.close()
