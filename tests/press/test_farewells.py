"""One click in a mail program while the main database does not answer: noted, and done when it answers again."""

from __future__ import annotations

import time

import pytest

from tests.press.outage.faults import fault
from tests.press.test_survival import FAULTS

pytestmark = pytest.mark.django_db  # has the suite's database made, of which the site is a copy

CLICK = {"List-Unsubscribe": "One-Click"}
SUBSCRIBE = """
    from tests.readers.newsletters.factories import make_newsletter, make_subscriber, token
    lists = [make_newsletter(slug="morning_news"), make_newsletter(slug="week")]
    print(*(token(make_subscriber(*lists, email=f"{name}@example.org")) for name in ("ada", "bob")))
"""
ACTIVE = """
    SELECT s.email, n.slug FROM newsletters_subscription o JOIN newsletters_subscriber s ON s.id = o.subscriber_id
    JOIN newsletters_newsletter n ON n.id = o.newsletter_id WHERE o.active ORDER BY 1, 2
"""
ALL = [(f"{name}@example.org", slug) for name in ("ada", "bob") for slug in ("morning_news", "week")]


def leave(token, slug="morning_news"):
    return f"/newsletters/leave/{token}/{slug}/"


@pytest.mark.parametrize("killed", [False, True])
def test_who_leaves_without_the_database_is_taken_off_when_it_is_back(sites, killed):
    site = sites().start()
    ada, bob = site.python(SUBSCRIBE).split()
    with fault(site, FAULTS[0]):
        site.wait_until("noticing", 20, lambda: site.get("/desk/").status == 503)
        got = site.post(leave(ada), CLICK)
        assert (got.status, got.headers["cache-control"]) == (202, "no-store")
        assert "there is nothing more for you to do" in got.text
        assert site.post(leave(ada), CLICK).status == 202
        assert site.post(leave("7-" + "0" * 32), CLICK).status == 202, "whether a link is good cannot be told"
        assert site.post(leave("7-nothing-of-ours"), CLICK).status == 503
        assert site.get(leave(bob)).status == 503 and site.post("/newsletters/subscribe/", {}).status == 503
        if killed:
            site.kill()
    if killed:
        site.start()
    site.wait_until("leaving", 40, lambda: site.rows(ACTIVE) == ALL[1:])
    site.wait_until("forgetting", 20, lambda: not list((site.folder / "farewells").iterdir()))
    time.sleep(1)
    assert site.rows(ACTIVE) == ALL[1:]
    assert site.post(leave(bob), CLICK).status == 200 and site.rows(ACTIVE) == [*ALL[1:2], ALL[3]]


def test_no_more_are_kept_than_there_is_room_for(sites):
    site = sites()
    folder = site.folder / "farewells"
    folder.mkdir()
    (folder).chmod(0o700)
    for number in range(10_000):
        (folder / f"{number}-{'0' * 32}_week").touch()
    with fault(site, FAULTS[0]):
        site.start()
        site.wait_until("noticing", 20, lambda: site.get("/desk/").status == 503)
        assert site.post(leave("10001-" + "0" * 32), CLICK).status == 503
