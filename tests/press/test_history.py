"""The history: what an address showed, snapshots, rolling back and forward."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from io import BytesIO, StringIO, TextIOWrapper
from zoneinfo import ZoneInfo

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection

from broadsheet.newsroom.models import Article
from broadsheet.press import follow, purge_log
from broadsheet.press.edition.leaf import make_leaf
from broadsheet.press.errors import NameTaken
from broadsheet.press.history import open_history, pins, pruning, snapshots
from broadsheet.press.history.decide import Verdict, kept_at, read_moment, shown
from broadsheet.press.history.values import Version
from tests.factories import make_article, make_section, republish

NOW = datetime(2025, 6, 9, 8, 30, tzinfo=ZoneInfo("Europe/London"))
HOUR = 3_600_000_000


def version(at, *, born=None, etag="x"):
    return Version(path="/a/", at=at, status=200, etag=etag, born=born)


def leaf(path, body, headers=(("Content-Type", "text/html"),), status=200):
    return make_leaf(path, status, headers, body, None)


@pytest.fixture
def history(_own_edition):
    return open_history()


@pytest.fixture
def news(paper):
    return make_section(slug="news")


# What was shown, decided


@pytest.mark.parametrize(
    ("before", "after", "verdict"),
    [
        (version(5), version(20), Verdict.PAGE),
        (version(5, etag=""), version(20), Verdict.ABSENT),
        (None, None, Verdict.UNKNOWN),
        (None, version(20, born=15), Verdict.ABSENT),
        (None, version(20, born=9), Verdict.PAGE),
        (None, version(20), Verdict.PAGE),
        (None, version(20, etag=""), Verdict.ABSENT),
    ],
)
def test_what_an_address_showed(before, after, verdict):
    found, chosen = shown(before, after, 10)
    assert found is verdict
    assert chosen is ((before or after) if verdict is Verdict.PAGE else None)


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("08:00", "2025-06-09T08:00:00+01:00"),
        ("8:00:05", "2025-06-09T08:00:05+01:00"),
        ("09:00", "2025-06-08T09:00:00+01:00"),
        ("2025-06-09 08:00", "2025-06-09T08:00:00+01:00"),
        ("2025-01-09", "2025-01-09T00:00:00+00:00"),
        ("2025-06-09T08:00:00Z", "2025-06-09T08:00:00+00:00"),
    ],
)
def test_moments_as_editors_write_them(text, moment):
    assert read_moment(text, NOW) == datetime.fromisoformat(moment)


@pytest.mark.parametrize("text", ["", "yesterday", "25:00", "2025-13-01", "08:61"])
def test_what_is_no_moment_is_refused(text):
    with pytest.raises(ValueError):
        read_moment(text, NOW)


def test_pruning_keeps_what_each_moment_shows():
    assert kept_at([10, 20, 30, 40, 50], [25], 35) == {20, 30, 40, 50}
    assert kept_at([10, 20], [], 35) == {20}
    assert kept_at([40], [5], 35) == {40}


# Storage


def test_only_what_changed_is_added(history):
    page = b"<p>" + b"The council met on Monday. " * 400
    assert history.keep(leaf("/a/", page))
    for _ in range(3):
        assert not history.keep(leaf("/a/", page))
    counts = history.counts()
    assert (counts["versions"], counts["bodies"]) == (1, 1)
    assert history.keep(leaf("/b/", page))
    assert history.counts()["bodies"] == 1
    assert history.keep(leaf("/a/", page, headers=(("Content-Type", "text/plain"),)))
    assert history.keep(leaf("/a/", page, status=203))
    assert (history.counts()["versions"], history.counts()["bodies"]) == (4, 1)


def test_a_change_of_a_line_costs_a_line(history):
    lines = [
        f"<p>Paragraph {n}: {n * 7919 % 1000003} tonnes of wheat were landed at quay {n % 13}.</p>" for n in range(600)
    ]
    whole = "\n".join(lines).encode()
    history.keep(leaf("/a/", whole))
    first = history.counts()["bytes"]
    for turn in range(20):
        lines[turn * 20] = f"<p>Corrected for the {turn}th time.</p>"
        history.keep(leaf("/a/", "\n".join(lines).encode()))
    grown = history.counts()["bytes"] - first
    assert grown < first  # twenty changes together are smaller than one copy
    assert history.counts()["bodies"] == 21
    versions = history.versions("/a/")
    assert history.content(versions[0])[1] == "\n".join(lines).encode()
    assert history.content(versions[-1])[1] == whole


def test_a_history_that_is_deleted_while_a_page_is_kept_is_begun_anew_with_it(history, monkeypatch):
    history.keep(leaf("/a/", b"<p>" + b"One. " * 400))
    last = history._last

    def deleted_after_reading(path):
        found = last(path)
        history.path.unlink(missing_ok=True)
        history._mine.look_at = 0.0  # the thread looks for its file at its next question
        monkeypatch.setattr(history, "_last", last)
        return found

    monkeypatch.setattr(history, "_last", deleted_after_reading)
    assert history.keep(leaf("/a/", b"<p>" + b"Two. " * 400))
    assert history.content(history.versions("/a/")[0])[1] == b"<p>" + b"Two. " * 400


def test_a_page_that_changed_wholly_is_kept_wholly(history):
    one = " ".join(str(n * 104729 % 1299709) for n in range(2000)).encode()
    two = " ".join(str(n * 15485863 % 32452843) for n in range(2000)).encode()
    history.keep(leaf("/a/", one))
    history.keep(leaf("/a/", two))
    bases = history.connection().execute("SELECT count(*) FROM body WHERE base IS NOT NULL").fetchone()[0]
    assert bases == 0
    assert [history.content(v)[1] for v in history.versions("/a/")] == [two, one]


def test_an_empty_body_has_versions_too(history):
    history.keep(leaf("/moved/", b"", headers=(("Location", "/to/"),), status=301))
    history.keep(leaf("/moved/", b"x", headers=(("Location", "/on/"),), status=302))
    history.keep(leaf("/moved/", b"", headers=(("Location", "/to/"),), status=301))
    assert [(v.status, history.content(v)[1]) for v in history.versions("/moved/")] == [
        (301, b""),
        (302, b"x"),
        (301, b""),
    ]


def test_an_address_that_ends_has_a_version_that_says_so(history):
    assert not history.gone("/a/")
    history.keep(leaf("/a/", b"here"))
    assert history.gone("/a/")
    assert not history.gone("/a/")
    last = history.newest("/a/")
    assert last.gone
    assert history.at("/a/", last.at)[0] is Verdict.ABSENT
    assert history.at("/a/", last.at - 1)[0] is Verdict.PAGE
    history.keep(leaf("/a/", b"here"))
    assert not history.newest("/a/").gone


def test_a_clock_that_was_set_back_keeps_the_order(history):
    history.keep(leaf("/a/", b"one"), at=2_000)
    history.keep(leaf("/a/", b"two"), at=1_000)
    assert [history.content(v)[1] for v in history.versions("/a/")] == [b"two", b"one"]
    assert history.add_snapshot("s", 500, "w", "").at >= history.newest("/a/").at


# Pruning


def test_old_versions_go_and_snapshots_stay(history, settings):
    settings.HISTORY_DAYS = 1
    day = pruning.DAY
    for number in range(1, 7):
        history.keep(leaf("/a/", b"body of %d " % number * 300), at=number * day)
    history.keep(leaf("/still/", b"old and true " * 300), at=day)
    history.add_snapshot("s", 0, "w", "")  # moved behind the last version
    history.connection().execute("UPDATE snapshot SET at = ?", (2 * day,))
    assert pruning.prune(history, now=6 * day) == 3
    assert [v.at // day for v in history.versions("/a/")] == [6, 5, 2]
    assert [history.content(v)[1] for v in history.versions("/a/")] == [b"body of %d " % n * 300 for n in (6, 5, 2)]
    assert history.at("/a/", 2 * day)[1].at == 2 * day
    assert history.newest("/still/")
    history.drop_snapshot("s")
    assert pruning.prune(history, now=6 * day) == 1
    used = history.connection().execute("SELECT count(DISTINCT body) FROM version").fetchone()[0]
    based = history.connection().execute("SELECT count(DISTINCT base) FROM body WHERE base IS NOT NULL").fetchone()[0]
    assert used <= history.counts()["bodies"] <= used + based
    assert pruning.prune(history, now=6 * day) == 0


def test_the_moment_readers_are_shown_is_never_pruned(history, settings, paper):
    settings.HISTORY_DAYS = 1
    for number in range(1, 5):
        history.keep(leaf("/a/", b"body %d" % number), at=number * pruning.DAY)
    pins.roll_back(pruning.DAY, "test")
    pruning.prune(history, now=9 * pruning.DAY)
    assert [v.at // pruning.DAY for v in history.versions("/a/")] == [4, 1]


# The round trip


def everything(reader, edition):
    return {
        status.path: (reader.get(status.path).status, reader.get(status.path).body) for status in edition.statuses()
    }


def test_back_and_forward_again(reader, edition, news, django_capture_on_commit_callbacks):
    other = make_section(slug="other")
    articles = [make_article(section, slug=f"a{n}", text="Words. " * 50) for n, section in enumerate([news, other] * 4)]
    paths = ["/", "/news/", "/other/", "/archive/", "/feed/rss.xml", "/sitemap.xml", "/robots.txt", "/404.html"]
    paths += [article.get_url() for article in articles]
    for path in paths:
        assert reader.get(path).status == 200
    taken = snapshots.take(edition, "morning", "somebody", "before the election")
    assert taken.failed == []
    morning = {path: reader.get(path, accept_encoding="br") for path in paths}

    for article in articles[:4]:
        republish(article, title=f"{article.title}, changed")
    articles[4].unpublish()
    make_article(news, slug="late", title="Published too soon")
    news.title = "Home News"
    news.save_revision().publish()
    follow.follow()
    evening = {path: reader.get(path) for path in [*paths, "/news/late/"]}
    assert "Published too soon" in evening["/news/late/"].text
    assert evening[articles[4].get_url()].status == 404

    pins.roll_back(taken.snapshot.at, "somebody: a mistake")
    for path in paths:
        got = reader.get(path, accept_encoding="br")
        assert (got.status, got.body, got.headers) == (200, morning[path].body, morning[path].headers), path
        assert reader.get(path, accept_encoding="br", if_none_match=got.headers["ETag"]).status == 304
    late = reader.get("/news/late/")
    assert (late.status, late.headers["Cache-Control"]) == (404, "no-store")
    assert "Page not found" in late.text

    republish(articles[0], title="Published while rolled back")
    follow.follow()
    assert "Published while rolled back" not in reader.get(articles[0].get_url()).text

    pins.roll_forward("somebody")
    assert "Published while rolled back" in reader.sees(articles[0].get_url())
    assert reader.get("/news/late/").status == 200
    assert reader.get(articles[4].get_url()).status == 404
    for path in paths:
        fresh = reader.front.printer.terms(path)
        if reader.get(path).status == 200:
            answer = reader.front.printer.render(path, fresh)
            assert reader.get(path).body == answer.body, path


def test_rolled_back_pages_come_from_memory_without_a_query(reader, edition, news, django_assert_num_queries):
    make_article(news, slug="one", title="As it was")
    reader.get("/news/one/")
    taken = snapshots.take(edition, "s", "w", "")
    republish(Article.objects.get(), title="As it is")
    follow.follow()
    pins.roll_back(taken.snapshot.at, "w")
    reader.get("/news/one/")
    with django_assert_num_queries(0):
        assert "As it was" in reader.get("/news/one/").text
    assert reader.asked_django == []


def test_a_page_asked_for_only_after_the_moment_is_shown_unless_it_was_published_after_it(reader, edition, news):
    make_article(news, slug="before")
    taken = snapshots.take(edition, "s", "w", "")
    make_article(news, slug="after")
    pins.roll_back(taken.snapshot.at, "w")
    assert reader.get("/news/before/").status == 200
    assert reader.get("/news/after/").status == 404
    assert reader.get("/authors/").status == 200
    assert reader.get("/nothing/here/").status == 404


def test_a_snapshot_prints_what_is_stale_and_what_a_deleted_edition_has_lost(reader, edition, news, monkeypatch):
    monkeypatch.setattr("broadsheet.press.edition.file.LOOK_SECONDS", 0)
    article = make_article(news, slug="one", title="First")
    reader.get("/news/one/")
    republish(article, title="Second")
    first = snapshots.take(edition, "first", "w", "")
    republish(article, title="Third")
    for suffix in ("", "-wal", "-shm"):
        edition.path.with_name(edition.path.name + suffix).unlink(missing_ok=True)
    second = snapshots.take(edition, "second", "w", "")
    history = open_history()
    shown_at = [history.content(history.at("/news/one/", taken.snapshot.at)[1])[1] for taken in (first, second)]
    assert [b"Second" in shown_at[0], b"Third" in shown_at[1]] == [True, True]
    pins.roll_back(first.snapshot.at, "w")
    assert "Second" in reader.get("/news/one/").text


def test_what_was_printed_before_there_was_a_history_is_taken_on(reader, edition, news):
    make_article(news, slug="one")
    body = reader.get("/news/one/").body
    history = open_history()
    with history.writing() as db:
        db.execute("DELETE FROM version")
    taken = snapshots.take(edition, "s", "w", "")
    assert history.content(history.at("/news/one/", taken.snapshot.at)[1])[1] == body


def test_a_page_that_cannot_be_printed_for_a_snapshot_is_named(reader, edition, news, monkeypatch):
    from broadsheet.press.pages import context

    article = make_article(news, slug="one")
    before = reader.get("/news/one/").body
    republish(article, title="Another")
    follow.follow()
    monkeypatch.setattr(context, "context_of", lambda page: 1 / 0)
    taken = snapshots.take(edition, "s", "w", "")
    assert "/news/one/" in taken.failed
    history = open_history()
    assert history.content(history.at("/news/one/", taken.snapshot.at)[1])[1] == before


def test_a_name_is_given_once(reader, edition):
    snapshots.take(edition, "s", "w", "")
    with pytest.raises(NameTaken):
        snapshots.take(edition, "s", "w", "")


# Several machines, and a database that is down


def test_another_machine_follows_the_log(reader, edition, news, settings, tmp_path, django_capture_on_commit_callbacks):
    make_article(news, slug="one")
    reader.get("/news/one/")
    here = settings.EDITION_PATH
    there = str(tmp_path / "other" / "edition.sqlite3")
    settings.EDITION_PATH = there
    follow.follow()
    settings.EDITION_PATH = here
    moment = snapshots.take(edition, "s", "w", "").snapshot.at
    with django_capture_on_commit_callbacks(execute=True):
        assert pins.roll_back(moment, "somebody: a mistake")
    settings.EDITION_PATH = there
    follow.follow()
    assert (open_history().pin().at, open_history().pin().why) == (moment, "somebody: a mistake")
    with django_capture_on_commit_callbacks(execute=True):
        pins.roll_forward("w")
    settings.EDITION_PATH = here
    follow.follow()
    assert open_history().pin() is None
    follow.follow()
    settings.EDITION_PATH = str(tmp_path / "new" / "edition.sqlite3")
    follow.follow()
    assert open_history().pin() is None


def test_a_new_machine_learns_what_readers_are_shown(reader, edition, settings, tmp_path):
    moment = snapshots.take(edition, "s", "w", "").snapshot.at
    pins.roll_back(moment, "w")
    settings.EDITION_PATH = str(tmp_path / "new" / "edition.sqlite3")
    follow.follow()
    assert open_history().pin().at == moment


def test_old_words_in_the_log_do_not_undo_newer_ones(history, paper):
    rows = [purge_log.PurgeRow(id=7, key=pins.FORWARD, at=None), purge_log.PurgeRow(id=6, key=pins.BACK, at=NOW)]
    pins.follow(rows)
    assert history.pin() is None
    pins.follow(rows)
    pins.follow([purge_log.PurgeRow(id=6, key=pins.BACK, at=NOW)])
    assert history.pin() is None
    pins.follow([purge_log.PurgeRow(id=8, key=pins.BACK, at=NOW)])
    assert history.pin().at == int(NOW.timestamp()) * 1_000_000


def test_readers_are_rolled_back_while_the_database_is_down(reader, edition, news, monkeypatch):
    article = make_article(news, slug="one", title="As it was")
    reader.get("/news/one/")
    taken = snapshots.take(edition, "s", "w", "")
    republish(article, title="As it is")
    reader.sees("/news/one/")

    def down(*args, **kwargs):
        raise DatabaseError("gone away")

    with monkeypatch.context() as patch:
        patch.setattr(purge_log, "append", down)
        assert not pins.roll_back(taken.snapshot.at, "w")
        with connection.execute_wrapper(down):
            assert "As it was" in reader.get("/news/one/").text


def test_the_pin_outlives_the_edition(reader, edition, news, monkeypatch):
    monkeypatch.setattr("broadsheet.press.edition.file.LOOK_SECONDS", 0)
    article = make_article(news, slug="one", title="As it was")
    reader.get("/news/one/")
    pins.roll_back(snapshots.take(edition, "s", "w", "").snapshot.at, "w")
    republish(article, title="As it is")
    for suffix in ("", "-wal", "-shm"):
        edition.path.with_name(edition.path.name + suffix).unlink(missing_ok=True)
    assert "As it was" in reader.get("/news/one/").text


# The command


def run(*arguments):
    out = StringIO()
    call_command("press", *arguments, stdout=out, stderr=out)
    return out.getvalue()


def test_the_command_line(reader, edition, news, monkeypatch):
    article = make_article(news, slug="one", title="As it was")
    reader.get("/news/one/")
    assert "morning:" in run("snapshot", "morning", "--why", "before the vote")
    assert "before the vote" in run("list")
    republish(article, title="As it is")
    reader.sees("/news/one/")
    raw = BytesIO()
    monkeypatch.setattr("sys.stdout", TextIOWrapper(raw))
    run("show", "/news/one/", "--at", "morning")
    assert b"As it was" in raw.getvalue()
    assert "Content-Type: text/html" in run("show", "http://testserver/news/one/", "--at", "morning", "--headers")
    assert len(run("show", "/news/one/").splitlines()) == 2
    assert "Readers see" in run("rollback", "morning", "--why", "wrong result")
    assert "wrong result" in run("list")
    assert "As it was" in reader.get("/news/one/").text
    run("forward")
    assert "As it is" in reader.get("/news/one/").text
    run("drop", "morning")
    for wrong in (
        ["rollback", "morning"],
        ["rollback", "2001-01-01"],
        ["rollback", (datetime.now(UTC) + timedelta(hours=2)).isoformat()],
        ["drop", "morning"],
        ["show", "/nothing/", "--at", datetime.now(UTC).isoformat()],
    ):
        with pytest.raises(CommandError):
            run(*wrong)
