"""A view of a fully cached page is counted, once, for the article it was of; nobody is known by it."""

from __future__ import annotations

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from broadsheet.press import follow
from broadsheet.readers.reading import actions, decide, spool
from broadsheet.readers.reading.clerk import Clerk
from broadsheet.readers.reading.models import Folded, Origin, Salt, SpoolMark, Tally
from broadsheet.readers.reading.rollup import roll_up
from broadsheet.readers.reading.salts import key_of
from tests.factories import make_article, make_section
from tests.readers.reading.conftest import AGENT


@pytest.fixture
def article(readers):
    return make_article(make_section(slug="news"), slug="bridge", title="The bridge is closed")


def test_a_view_through_the_cache_is_counted_without_a_query_and_without_django(readers, article):
    follow.follow()
    readers.ask("/news/bridge/")
    readers.asked_django.clear()
    page = readers.ask("/news/bridge/")
    with CaptureQueriesContext(connection) as queries:
        answers = [readers.beacon(article.pk), readers.pixel(article.pk, "192.0.2.2")]
    assert not queries.captured_queries
    assert readers.asked_django == []
    assert f'data-seen="/seen/{article.pk}/"' in page[2].decode()
    assert [status for status, _, _ in answers] == [204, 200]
    assert readers.counted(article.pk) == 2


def test_the_answers_are_never_kept_and_set_no_cookie(readers, article):
    for status, headers, _ in (readers.beacon(article.pk), readers.pixel(article.pk), readers.ask("/news/bridge/")):
        assert status in {200, 204}
        assert "Set-Cookie" not in headers
    assert "no-store" in readers.beacon(article.pk)[1]["Cache-Control"]
    assert readers.pixel(article.pk)[1]["Content-Type"] == "image/gif"


def test_repeated_loads_are_one_view_and_other_readers_others(readers, article):
    for _ in range(5):
        readers.beacon(article.pk)
    readers.pixel(article.pk)
    readers.beacon(article.pk, "192.0.2.9")
    readers.beacon(article.pk, headers={"x_forwarded_for": "198.51.100.7, 192.0.2.1"})
    readers.beacon(article.pk, headers={"user_agent": AGENT.replace("142", "141")})
    assert readers.counted(article.pk) == 4
    readers.beacon(article.pk)
    assert readers.counted(article.pk) == 4, "the clerk's rounds are no border"


def test_after_the_window_it_is_another_view(readers, article, monkeypatch):
    readers.beacon(article.pk)
    assert readers.counted() == 1
    later = time.time() + decide.FOLD_SECONDS
    monkeypatch.setattr(time, "time", lambda: later)
    readers.beacon(article.pk)
    assert readers.counted() == 2


PROGRAMS = ["", "curl/8.1", "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)", "GPTBot/1.2",
            AGENT.replace("Chrome/", "HeadlessChrome/"), "x" * 500]  # fmt: skip


@pytest.mark.parametrize("agent", PROGRAMS)
def test_programs_are_not_readers(readers, article, agent):
    readers.beacon(article.pk, headers={"user_agent": agent})
    readers.pixel(article.pk, user_agent=agent)
    assert readers.counted() == 0


@pytest.mark.parametrize(
    "headers",
    [
        {"sec_purpose": "prefetch"}, {"sec_purpose": "prefetch;prerender"}, {"purpose": "prefetch"},
        {"x_moz": "prefetch"}, {"dnt": "1"}, {"sec_gpc": "1"},
        {"sec_fetch_site": "cross-site"}, {"sec_fetch_site": "same-site"},
    ],
)  # fmt: skip
def test_what_is_loaded_in_advance_or_asks_not_to_be_counted_or_is_foreign_is_not(readers, article, headers):
    assert readers.beacon(article.pk, headers=headers)[0] == 204
    assert readers.pixel(article.pk, **headers)[0] == 200
    assert readers.counted() == 0


def test_usual_browsers_are_counted(readers, article):
    agents = (
        "Mozilla/5.0 (iPhone; CPU iPhone OS 26_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.0 "
        "Mobile/15E148 Safari/604.1",
        "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0",
        "Mozilla/5.0 (Linux; Android 16; CUBOT X50) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile "
        "Safari/537.36",
    )
    for agent in agents:
        readers.beacon(article.pk, headers={"user_agent": agent, "dnt": "0", "sec_fetch_site": "same-origin"})
    assert readers.counted() == len(agents)


@pytest.mark.parametrize("claimed", ["0", "-1", "999999", "12x", "../12", "99999999999999999999", "٣", "", "1/2"])
def test_made_up_articles_make_no_row(readers, article, claimed):
    assert readers.beacon(claimed)[0] == 204
    assert readers.counted() == 0
    assert not Folded.objects.exists()
    assert not Origin.objects.exists()


def test_drafts_and_withdrawn_articles_are_not_counted(readers, article):
    draft = make_article(make_section(slug="sport"), publish=False)
    readers.beacon(draft.pk)
    article.unpublish()
    readers.beacon(article.pk)
    assert readers.counted() == 0


@pytest.mark.parametrize(
    "body", [b"x" * 400, b"quarter=9", b"quarter=-1", b"quarter=%00", b"\xff\xfe", b"a=1&b=2&c=3&d=4&e=5&f=6"]
)
def test_bodies_that_no_page_sends_count_for_nothing(readers, article, body):
    assert readers.ask(f"/seen/{article.pk}/", "POST", body)[0] == 204
    assert readers.counted() == 0


def test_other_methods_are_refused(readers, article):
    assert readers.ask(f"/seen/{article.pk}/", "DELETE")[0] == 405
    assert readers.ask(f"/seen/{article.pk}/", "HEAD")[2] == b""
    assert readers.counted() == 0


def test_where_readers_come_from_is_kept_by_host_alone(readers, article):
    hosts = ["", "testserver", "www.google.co.uk", "m.facebook.com", "blog.example.org:8080", "a b<script>", "l" * 200]
    for number, host in enumerate(hosts):
        readers.beacon(article.pk, f"192.0.2.{number + 1}", **{"from": host})
    assert readers.counted() == len(hosts)
    row = Tally.objects.get()
    assert (row.direct, row.internal, row.search, row.social, row.elsewhere) == (3, 1, 1, 1, 1)
    assert set(Origin.objects.exclude(host="").values_list("kind", "host", "views")) == {
        ("search", "google.co.uk", 1),
        ("social", "m.facebook.com", 1),
        ("elsewhere", "blog.example.org", 1),
    }


def test_made_up_hosts_do_not_fill_the_table(readers, article, monkeypatch):
    monkeypatch.setattr(actions, "HOSTS_AN_HOUR", 3)
    for number in range(9):
        readers.beacon(article.pk, f"192.0.2.{number + 1}", **{"from": f"made-up-{number}.example"})
        if number == 5:
            readers.counted()
    assert readers.counted() == 9
    assert Origin.objects.exclude(host="").count() == 3
    assert Origin.objects.get(host="").views == 6


def test_how_far_it_was_read_is_kept_in_quarters(readers, article):
    readers.beacon(article.pk)
    for quarter in ("1", "3", "2", "3"):
        readers.beacon(article.pk, quarter=quarter)
    readers.counted()
    readers.beacon(article.pk, quarter="4")
    readers.beacon(article.pk, "192.0.2.77", quarter="4")  # never opened it
    assert readers.counted() == 1
    row = Tally.objects.get()
    assert (row.quarter_1, row.quarter_2, row.quarter_3, row.quarter_4) == (1, 1, 1, 1)


def test_nothing_that_is_kept_names_a_reader(readers, article, spool_folder):
    readers.beacon(article.pk, "203.0.113.77", **{"from": "blog.example.org/private?user=1"})
    kept = b"".join(path.read_bytes() for path in spool_folder.iterdir())
    readers.counted()
    rows = [*Tally.objects.values(), *Folded.objects.values(), *Origin.objects.values(), *SpoolMark.objects.values()]
    for found in (kept.decode(), str(rows)):
        assert "203.0.113" not in found
        assert "Mozilla" not in found
        assert "user" not in found
    assert oct(spool_folder.stat().st_mode)[-3:] == "700"


def test_the_salt_is_dropped_with_its_day_and_hashes_with_their_window(readers, article, spool_folder, monkeypatch):
    readers.beacon(article.pk)
    assert readers.counted() == 1
    first = Salt.objects.get()
    assert readers.clerk.salts.value == first.value
    environ = {"REMOTE_ADDR": "192.0.2.1", "HTTP_USER_AGENT": AGENT}
    assert Folded.objects.get().key == key_of(first.value, environ, article.pk)
    tomorrow = (int(time.time()) // decide.DAY + 1) * decide.DAY + 60.0
    monkeypatch.setattr(time, "time", lambda: tomorrow)
    readers.clerk.work()
    assert Salt.objects.get().value != first.value
    roll_up()
    assert not Folded.objects.exists()
    assert first.value not in str(list(Salt.objects.values()))
    assert first.value not in "".join(path.read_text() for path in spool_folder.iterdir())


def test_all_processes_of_a_day_have_one_salt(readers, article, tmp_path):
    other = Clerk(tmp_path / "elsewhere")
    assert Clerk().salts.value == readers.clerk.salts.value, "on one machine from the start"
    other.salts.refresh()
    readers.clerk.salts.refresh()
    assert other.salts.value == readers.clerk.salts.value


def test_what_a_dead_process_left_is_counted_once(readers, article, spool_folder):
    readers.beacon(article.pk)
    dead = Clerk()
    dead.salts.refresh()
    dead.spool.put(f"{int(time.time())} 77 {article.pk} 0 direct \nhalf a li".encode())
    readers.clerk._looked_at = float("-inf")
    assert readers.counted() == 1, "it lives: what it has is its own to count"
    dead.spool.close()
    readers.clerk._looked_at = float("-inf")
    assert readers.counted() == 2
    assert list(spool_folder.glob("*.views")) == [readers.clerk.spool.path]
    assert list(SpoolMark.objects.values_list("name", flat=True)) == [readers.clerk.spool.path.name]


def test_a_part_whose_commit_was_not_heard_of_is_not_counted_again(readers, article):
    readers.beacon(article.pk)
    assert readers.counted() == 1
    readers.clerk._position = 0  # as if the answer had been lost
    Folded.objects.all().delete()
    readers.beacon(article.pk, "192.0.2.2")
    assert readers.counted() == 2


def test_without_the_mark_it_would_be(readers, article, monkeypatch):
    """The broken twin of the test above."""
    readers.beacon(article.pk)
    assert readers.counted() == 1
    readers.clerk._position = 0
    Folded.objects.all().delete()
    SpoolMark.objects.all().delete()
    readers.beacon(article.pk, "192.0.2.2")
    assert readers.counted() == 3


def test_a_long_spool_is_replaced_when_it_is_counted(readers, article, monkeypatch, spool_folder):
    monkeypatch.setattr(spool, "ROTATE_BYTES", 100)
    first = readers.clerk.spool.path
    for number in range(5):
        readers.beacon(article.pk, f"192.0.2.{number + 1}")
    assert readers.counted() == 5
    readers.beacon(article.pk, "192.0.2.99")
    assert readers.counted() == 6
    assert not first.exists()
    assert not SpoolMark.objects.filter(name=first.name).exists()


def test_a_full_spool_refuses_and_goes_on(readers, article, monkeypatch):
    monkeypatch.setattr(spool, "LONGEST_BYTES", 150)
    for number in range(9):
        assert readers.beacon(article.pk, f"192.0.2.{number + 1}")[0] == 204
    kept = readers.counted()
    assert 1 <= kept < 9
    assert readers.clerk.spool.refused == 9 - kept


def test_the_clerk_asks_the_same_however_much_has_come(readers, article):
    def rounds(number):
        for place in range(number):
            readers.beacon(article.pk, f"198.51.{number}.{place}", **{"from": f"site-{place}.example"})
        with CaptureQueriesContext(connection) as queries:
            readers.clerk.work()
        return len(queries)

    rounds(1)
    assert rounds(2) == rounds(60)


def test_buckets_are_gathered_and_no_view_is_lost(readers, article):
    now = int(time.time())
    ages = [10, 5 * 3600, 5 * 3600 + 61, 4 * 86_400, 4 * 86_400 + 3700, 500 * 86_400, 500 * 86_400 + 90_000]
    lines = "".join(f"{now - age} {number} {article.pk} 0 direct \n" for number, age in enumerate(ages))
    readers.clerk.spool.put(lines.encode())
    assert readers.counted() == len(ages)
    roll_up(now)
    roll_up(now)
    assert readers.counted() == len(ages)
    grains = {now - row.at < 86_400 * 2: row.grain for row in Tally.objects.order_by("-at")}
    assert grains
    assert sorted(Tally.objects.values_list("grain", flat=True).distinct()) == [0, 1, 2, 3]
    late = f"{now - 5 * 3600} 99 {article.pk} 0 direct \n"
    readers.clerk.spool.put(late.encode())
    roll_up(now)
    assert readers.counted() == len(ages) + 1
    roll_up(now)
    assert readers.counted() == len(ages) + 1
