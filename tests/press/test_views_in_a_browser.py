"""A real browser is counted through the cache, with and without a script, and takes nothing home."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, sync_playwright
from wagtail.models import Page

from broadsheet.readers.reading.models import Tally
from tests.press.test_views_survive import AGENT, ANOTHER_ROUND

pytestmark = [pytest.mark.django_db, pytest.mark.browser]

FIELDS = ("views", "direct", "internal", "quarter_1", "quarter_2", "quarter_3", "quarter_4")
SUMS = ", ".join(f"COALESCE(SUM({name}), 0)" for name in FIELDS)
OF_ARTICLE = f"FROM {Tally._meta.db_table} JOIN {Page._meta.db_table} page ON page.id = article_id"


def sums(site: Any, slug: str) -> dict[str, int]:
    """What is counted of an article."""
    [found] = site.rows(f"SELECT {SUMS} {OF_ARTICLE} WHERE page.slug = '{slug}'")
    return dict(zip(FIELDS, map(int, found), strict=True))


@contextmanager
def reader(chromium: str, site: Any, **options: Any) -> Iterator[BrowserContext]:
    """A person's browser: its name does not say that nobody looks at it."""
    with sync_playwright() as playwright:
        # Its name is given to the whole browser: one that is set for a page is not sent once the page has been left.
        flags = ["--no-sandbox", "--disable-gpu", f"--user-agent={AGENT}"]
        browser = playwright.chromium.launch(executable_path=chromium, args=flags)
        context = browser.new_context(base_url=f"http://localhost:{site.port}", **options)
        yield context
        browser.close()


def asked(context: BrowserContext) -> list[str]:
    found: list[str] = []
    context.on("request", lambda request: found.append(request.method) if "/seen/" in request.url else None)
    return found


@pytest.fixture
def site(sites: Any) -> Any:
    made = sites().start()
    made.get("/news/report-1/")
    return made


def test_with_a_script_a_view_and_how_far_it_was_read_are_counted(chromium: str, site: Any) -> None:
    with reader(chromium, site, viewport={"width": 1280, "height": 500}) as context:
        beacons = asked(context)
        page = context.new_page()
        with page.expect_request("**/seen/**"):
            page.goto("/news/report-1/")
        page.evaluate("scrollTo(0, document.querySelector('.body').getBoundingClientRect().bottom - innerHeight)")
        page.wait_for_function("scrollY > 0 || document.documentElement.scrollHeight <= innerHeight")
        page.wait_for_timeout(100)
        page.goto("/news/report-2/")
        page.wait_for_timeout(200)
        page.goto("/news/report-1/")
        page.wait_for_timeout(300)
        assert context.cookies() == []
        assert page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])") == "[{},{}]"
        assert page.evaluate("performance.getEntriesByType('resource').filter(r => !r.name.startsWith(origin))") == []
    assert set(beacons) == {"POST"}
    site.wait_until("counting", 20, lambda: sums(site, "report-2")["views"])
    time.sleep(ANOTHER_ROUND)  # the second load has been looked at, too
    first, second = sums(site, "report-1"), sums(site, "report-2")
    assert first["views"] == 1, "the second load is the same reader's"
    assert (first["direct"], first["quarter_1"], first["quarter_4"]) == (1, 1, 1)
    assert second["views"] == 1


def test_without_a_script_a_picture_counts(chromium: str, site: Any) -> None:
    with reader(chromium, site, java_script_enabled=False) as context:
        requests = asked(context)
        page = context.new_page()
        page.goto("/news/report-1/")
        page.wait_for_timeout(200)
        assert context.cookies() == []
    assert requests == ["GET"]
    site.wait_until("counting", 20, lambda: sums(site, "report-1")["views"])
    time.sleep(ANOTHER_ROUND)
    assert sums(site, "report-1")["views"] == 1


def test_who_asks_not_to_be_tracked_is_not_even_asked(chromium: str, site: Any) -> None:
    with reader(chromium, site) as context:
        context.add_init_script("Object.defineProperty(navigator, 'globalPrivacyControl', { get: () => true })")
        requests = asked(context)
        page = context.new_page()
        page.goto("/news/report-1/")
        page.wait_for_timeout(300)
    assert requests == []


def test_what_nobody_looks_at_is_not_counted_until_somebody_does(chromium: str, site: Any) -> None:
    """A page loaded in advance, or a tab in the background, is hidden; the browser says when it is shown."""
    with reader(chromium, site) as context:
        hidden = "Object.defineProperty(Document.prototype, 'hidden', { get: () => !window.shown, configurable: true })"
        context.add_init_script(hidden)
        requests = asked(context)
        page = context.new_page()
        page.goto("/news/report-1/")
        page.wait_for_timeout(300)
        assert requests == []
        page.evaluate("window.shown = true; document.dispatchEvent(new Event('visibilitychange'))")
        page.wait_for_timeout(300)
    assert requests == ["POST"]
