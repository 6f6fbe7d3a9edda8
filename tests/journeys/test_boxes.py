"""How a page's script keeps live boxes fresh: once in a box's life, sooner where that failed."""

from __future__ import annotations

import os
from email.utils import formatdate
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.journeys.conftest import Site

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(
        os.environ.get("BROADSHEET_TEST_DATABASE") == "postgres", reason="starts a site of its own, on SQLite"
    ),
]
TOP = "**/boxes/top/"
NOON = 1_779_969_600
"""Of a day in May 2026, Unix time."""


class Answers:
    """What is answered for Top posts; each answer shows its number."""

    def __init__(self, *, failing: int = 0, age: float = 0) -> None:
        self.failing, self.age, self.asked = failing, age, 0

    def give(self, route: Route) -> None:
        self.asked += 1
        if self.asked <= self.failing:
            route.fulfill(status=503, body="away")
            return
        date = formatdate(NOON - self.age, usegmt=True)
        route.fulfill(body=f"<p>Answer {self.asked}</p>", content_type="text/html", headers={"Date": date})


@pytest.fixture
def page(browser: Browser) -> Page:
    found = browser.new_page()
    found.clock.install(time=NOON)
    return found


def opened(page: Page, site: Site, answers: Answers) -> None:
    page.route(TOP, answers.give)
    page.goto(site.url)


def shows(page: Page, number: int) -> None:
    expect(page.locator("live-box[src='/boxes/top/']")).to_have_text(f"Answer {number}")


def test_a_box_is_asked_for_once_in_its_life(site: Site, page: Page):
    answers = Answers()
    opened(page, site, answers)
    shows(page, 1)
    page.clock.run_for(55_000)
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    page.wait_for_timeout(100)
    assert answers.asked == 1
    page.clock.run_for(6_000)
    shows(page, 2)


def test_what_the_browser_kept_is_shown_for_the_rest_of_its_life_only(site: Site, page: Page):
    answers = Answers(age=50)
    opened(page, site, answers)
    shows(page, 1)
    page.clock.run_for(11_000)
    shows(page, 2)
    page.clock.run_for(55_000)
    page.wait_for_timeout(100)
    assert answers.asked == 2


def test_a_clock_that_is_wrong_asks_no_more_than_once_too_often(site: Site, page: Page):
    for wrong in (3600, -3600):
        answers = Answers(age=wrong)
        opened(page, site, answers)
        shows(page, 1)
        for _ in range(10):
            page.clock.run_for(5_500)
            page.wait_for_timeout(20)
        assert answers.asked <= 2
        page.unroute(TOP)


def test_a_box_that_failed_is_asked_for_again_soon_and_ever_later(site: Site, page: Page):
    answers = Answers(failing=4)
    opened(page, site, answers)
    waits = []
    for number in range(1, 5):
        waited = 0.0
        while answers.asked in {0, number} and waited < 60:
            page.clock.run_for(500)
            page.wait_for_timeout(20)
            waited += 0.5
        waits.append(waited)
    shows(page, 5)
    assert waits[0] <= 3.5
    assert all(now <= 2 ** (number + 1) * 1.5 + 0.5 for number, now in enumerate(waits))
    assert all(later >= 0.3 * sooner for sooner, later in pairwise(waits))


def test_a_later_answer_is_the_servers_own(site: Site, page: Page):
    """With what the browser has kept meanwhile, a reader would see the box of the life before."""
    asked = []
    page.on("request", lambda request: asked.append(request) if request.url.endswith("/boxes/top/") else None)
    with page.expect_response(TOP):
        page.goto(site.url)
    with page.expect_response(TOP):
        page.clock.run_for(61_000)
    assert [request.all_headers().get("cache-control") for request in asked] == [None, "max-age=0"]
