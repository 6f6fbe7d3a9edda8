"""The CDN hears of exactly the pages that changed, whatever happens to it or to us."""

from __future__ import annotations

import json
import re
import time

import pytest
from django.core.management import call_command

from broadsheet.press import follow, purge_log
from broadsheet.press.cdn import courier, dress, queue
from broadsheet.press.cdn.cloudflare import Cloudflare
from broadsheet.press.cdn.cloudfront import CloudFront
from broadsheet.press.cdn.courier import deliver, pause_after
from broadsheet.press.cdn.fastly import Fastly
from broadsheet.press.cdn.keys import key_of
from broadsheet.press.cdn.varnish import Varnish
from broadsheet.press.checks import cdn_can_be_purged
from broadsheet.press.edition import open_edition
from broadsheet.press.edition.leaf import make_leaf
from broadsheet.press.errors import CdnBusy, CdnRefused
from broadsheet.press.history import pins
from broadsheet.press.pages import context
from tests.factories import make_article, make_section, republish
from tests.press.peers import Peer, serving

PATHS = [f"/news/{number}/" for number in range(3)]
INVALIDATION = (
    b'<?xml version="1.0"?><Invalidation xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Id>I1</Id>'
    b"<Status>InProgress</Status><CreateTime>2025-06-09T08:00:00Z</CreateTime></Invalidation>"
)
TOO_MANY = (
    b'<ErrorResponse xmlns="http://cloudfront.amazonaws.com/doc/2020-05-31/"><Error><Type>Sender</Type>'
    b"<Code>TooManyInvalidationsInProgress</Code><Message>Wait</Message></Error></ErrorResponse>"
)


@pytest.fixture
def peer():
    with serving(Peer()) as found:
        yield found


# Each service, as its documentation says


def test_fastly_is_told_keys_in_one_call(peer):
    Fastly(service="S1", token="t", api=peer.url).purge(PATHS)
    (asked,) = peer.asked
    assert (asked.method, asked.path) == ("POST", "/service/S1/purge")
    assert asked.headers["fastly-key"] == "t"
    assert "fastly-soft-purge" not in asked.headers
    assert json.loads(asked.body) == {"surrogate_keys": [key_of(path) for path in PATHS]}
    Fastly(service="S1", token="t", soft=True, api=peer.url).purge_everything()
    assert peer.asked[1].headers["fastly-soft-purge"] == "1"
    assert json.loads(peer.asked[1].body) == {"surrogate_keys": ["site"]}


def test_cloudflare_is_told_tags_or_addresses(peer):
    peer.usual = (200, {"Content-Type": "application/json"}, b'{"success": true, "errors": [], "result": {"id": "z"}}')
    by_tag = Cloudflare(zone="Z1", token="t", base_url="https://news.example.org", api=peer.url)
    by_tag.purge(PATHS)
    by_tag.purge_everything()
    by_address = Cloudflare(zone="Z1", token="t", base_url="https://news.example.org", by_address=True, api=peer.url)
    by_address.purge(PATHS)
    by_address.purge_everything()
    assert {(asked.method, asked.path) for asked in peer.asked} == {("POST", "/zones/Z1/purge_cache")}
    assert {asked.headers["authorization"] for asked in peer.asked} == {"Bearer t"}
    assert [json.loads(asked.body) for asked in peer.asked] == [
        {"tags": [key_of(path) for path in PATHS]},
        {"tags": ["site"]},
        {"files": [f"https://news.example.org{path}" for path in PATHS]},
        {"purge_everything": True},
    ]


def test_cloudflare_saying_no_with_200_is_a_no(peer):
    peer.usual = (200, {}, b'{"success": false, "errors": [{"code": 1012, "message": "bad tag"}]}')
    with pytest.raises(CdnRefused, match="bad tag"):
        Cloudflare(zone="Z1", token="t", base_url="https://x", api=peer.url).purge(PATHS)


def test_every_varnish_is_told(peer):
    with serving(Peer()) as other:
        Varnish(caches=(peer.url, other.url), token="t").purge(PATHS)
        Varnish(caches=(peer.url,), soft=True).purge_everything()
        assert [asked.method for asked in [*peer.asked, *other.asked]] == ["PURGE"] * 3
        assert peer.asked[0].headers["xkey-purge"] == " ".join(key_of(path) for path in PATHS)
        assert other.asked[0].headers["xkey-token"] == "t"
        assert peer.asked[1].headers["xkey-softpurge"] == "site"


def test_cloudfront_is_sent_a_signed_invalidation(peer, monkeypatch):
    pytest.importorskip("botocore")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    peer.usual = (201, {"Content-Type": "text/xml"}, INVALIDATION)
    CloudFront(distribution="D1", api=peer.url).purge(["/news/a&b/", "/"])
    CloudFront(distribution="D1", by_address=False, api=peer.url).purge(PATHS[:1])
    CloudFront(distribution="D1", api=peer.url).purge_everything()
    for asked in peer.asked:
        assert (asked.method, asked.path) == ("POST", "/2020-05-31/distribution/D1/invalidation")
        assert re.match(
            r"AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/\d{8}/us-east-1/cloudfront/aws4_request",
            asked.headers["authorization"],
        )
    bodies = [asked.body.decode() for asked in peer.asked]
    assert "<Quantity>2</Quantity>" in bodies[0]
    assert "<Path>/news/a&amp;b/</Path><Path>/</Path>" in bodies[0]
    assert f"<Path>#{key_of(PATHS[0])}</Path>" in bodies[1]
    assert "<Path>/*</Path>" in bodies[2]
    references = {re.search("<CallerReference>(.+?)<", body)[1] for body in bodies}
    assert len(references) == 3


def test_cloudfront_that_has_too_much_to_do_is_asked_again(peer, monkeypatch):
    pytest.importorskip("botocore")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "secret")
    front = CloudFront(distribution="D1", api=peer.url)
    peer.answers = [
        (400, {"Content-Type": "text/xml"}, TOO_MANY),
        (503, {}, b""),
        (403, {}, TOO_MANY.replace(b"TooMany", b"No")),
    ]
    for error in (CdnBusy, CdnBusy, CdnRefused):
        with pytest.raises(error):
            front.purge(PATHS)
    assert len(peer.asked) == 3


@pytest.mark.parametrize(
    ("status", "headers", "error", "pause"),
    [
        (429, {"Retry-After": "7"}, CdnBusy, 7),
        (503, {}, CdnBusy, 0),
        (500, {"Retry-After": "nonsense"}, CdnBusy, 0),
        (401, {}, CdnRefused, None),
        (404, {}, CdnRefused, None),
        (302, {"Location": "http://127.0.0.1:1/"}, CdnRefused, None),
    ],
)
def test_what_is_worth_asking_again(peer, status, headers, error, pause):
    peer.usual = (status, headers, b"no")
    with pytest.raises(error) as caught:
        Fastly(service="S1", token="t", api=peer.url).purge(PATHS)
    assert getattr(caught.value, "pause", None) == pause
    assert len(peer.asked) == 1


def test_a_cdn_that_cannot_be_reached_or_hangs_is_busy(peer, monkeypatch):
    with pytest.raises(CdnBusy):
        Fastly(service="S1", token="t", api="http://127.0.0.1:9").purge(PATHS)
    monkeypatch.setattr("broadsheet.press.cdn.sending.SECONDS", 0.2)
    peer.usual = (200, {}, b"")
    peer.before = lambda: time.sleep(0.5)
    with pytest.raises(CdnBusy):
        Fastly(service="S1", token="t", api=peer.url).purge(PATHS)


def test_pauses_grow_and_end():
    assert [pause_after(n, 0) for n in (1, 2, 3)] == [2, 4, 8]
    assert pause_after(50, 0) == 300
    assert pause_after(1, 60) == 60


# What answers carry


@pytest.fixture
def fastly(settings, peer):
    settings.CDN, settings.CDN_ID, settings.CDN_TOKEN, settings.CDN_URLS = "fastly", "S1", "t", [peer.url]
    return peer


@pytest.fixture
def _looks_always(monkeypatch):
    """A deleted edition is noticed at once."""
    monkeypatch.setattr("broadsheet.press.edition.file.LOOK_SECONDS", 0)


def told(peer):
    """The keys the CDN was told, call by call."""
    return [json.loads(asked.body)["surrogate_keys"] for asked in peer.asked]


@pytest.mark.parametrize(
    ("kind", "marks", "life"),
    [
        ("fastly", ("Surrogate-Key", "{key} site"), ("Surrogate-Control", "max-age=604800, stale-if-error=86400")),
        (
            "cloudflare", ("Cache-Tag", "{key},site"),
            ("Cloudflare-CDN-Cache-Control", "max-age=604800, stale-if-error=86400"),
        ),
        ("varnish", ("xkey", "{key} site"), ("Surrogate-Control", "max-age=604800")),
        (
            "cloudfront", ("Cache-Tag", "{key},site"),
            ("Cache-Control", "public, max-age=0, s-maxage=604800, stale-if-error=86400"),
        ),
    ],
)  # fmt: skip
def test_a_page_carries_its_key_and_a_long_life(settings, kind, marks, life):
    settings.CDN = kind
    page = make_leaf("/a/", 200, (("Content-Type", "text/html"), ("Cache-Control", "public, max-age=0")), b"x", None)
    headers = dict(dress(page.headers, page))
    assert headers[marks[0]] == marks[1].format(key=key_of("/a/"))
    assert headers[life[0]] == life[1]
    assert headers["Content-Type"] == "text/html"
    names = [name for name, _ in dress(page.headers, page)]
    assert len(names) == len(set(names))


def test_without_a_cdn_nothing_is_added(reader, paper):
    headers = reader.get("/").headers
    assert not {"Surrogate-Key", "Surrogate-Control", "Cache-Tag", "xkey"} & set(headers)


def test_what_no_purge_will_end_lives_a_minute(reader, fastly, monkeypatch):
    article = make_article(make_section(slug="news"), slug="one")
    assert "Surrogate-Control" in reader.get("/news/one/").headers
    news = reader.get("/sitemap-news.xml").headers
    assert "Surrogate-Control" not in news
    assert "s-maxage=60" in news["Cache-Control"]
    republish(article, title="Another")
    follow.follow()
    with monkeypatch.context() as patch:
        patch.setattr(context, "context_of", lambda page: 1 / 0)
        stale = reader.get("/news/one/").headers
    assert "Surrogate-Control" not in stale
    assert stale["Surrogate-Key"] == f"{key_of('/news/one/')} site"
    missing = reader.get("/nothing/").headers
    assert missing["Cache-Control"] == "no-store"


def test_not_modified_renews_the_life(reader, fastly):
    tag = reader.get("/").headers["ETag"]
    again = reader.get("/", if_none_match=tag)
    assert again.status == 304
    assert "Surrogate-Control" in again.headers


# Exactly what changed


@pytest.fixture
def news(reader, fastly):
    """A paper whose pages the CDN has, and that has been told what there was to tell."""
    section, other = make_section(slug="news"), make_section(slug="other")
    articles = [make_article(section, slug=f"n{n}") for n in range(3)] + [make_article(other, slug="o")]
    for path in ["/", "/news/", "/other/", "/robots.txt", *(article.get_url() for article in articles)]:
        reader.get(path)
    follow.follow()
    settle(fastly)
    return articles


def settle(peer):
    """Deliver, echo included, and forget what was asked."""
    edition = open_edition()
    for _ in range(2):
        deliver(edition, Fastly(service="S1", token="t", api=peer.url))
        with edition.writing() as db:
            db.execute("UPDATE cdn_queue SET due = 0")
    peer.asked.clear()


def test_the_cdn_is_told_of_the_pages_that_became_stale_and_no_others(reader, edition, fastly, news):
    before = set(edition.waiting())
    republish(news[0], title="Another headline")
    follow.follow()
    stale = set(edition.waiting()) - before
    assert "/news/n0/" in stale
    assert "/robots.txt" not in stale
    assert deliver(edition, Fastly(service="S1", token="t", api=fastly.url)) == 1
    assert set(told(fastly)[0]) == {key_of(path) for path in stale}
    assert deliver(edition, Fastly(service="S1", token="t", api=fastly.url)) == 0
    settle(fastly)
    assert queue.counts(edition) == 0
    assert queue.next_due(edition) is None


def test_a_purge_is_repeated_once_for_answers_under_way(reader, edition, fastly, news, monkeypatch):
    cdn = Fastly(service="S1", token="t", api=fastly.url)
    republish(news[3], title="Another headline")
    follow.follow()
    deliver(edition, cdn)
    now = time.time()
    monkeypatch.setattr("broadsheet.press.cdn.courier.time.time", lambda: now + queue.ECHO_SECONDS + 1)
    assert deliver(edition, cdn) == 1
    assert set(told(fastly)[0]) == set(told(fastly)[1])
    monkeypatch.setattr("broadsheet.press.cdn.courier.time.time", lambda: now + 60)
    assert deliver(edition, cdn) == 0


def test_what_is_queued_again_while_it_is_sent_is_sent_again(reader, edition, fastly, news):
    def meanwhile():
        fastly.before = None
        queue.add(edition, "/news/n0/")

    queue.add(edition, "/news/n0/")
    fastly.before = meanwhile
    assert deliver(edition, Fastly(service="S1", token="t", api=fastly.url)) == 2
    assert told(fastly) == [[key_of("/news/n0/")]] * 2


def test_nothing_is_lost_while_the_cdn_refuses(reader, edition, fastly, news, monkeypatch):
    cdn = Fastly(service="S1", token="t", api=fastly.url)
    fastly.answers = [(429, {"Retry-After": "30"}, b""), (403, {}, b"")]
    republish(news[3], title="Another headline")
    follow.follow()
    waiting, now = queue.counts(edition), time.time()
    assert deliver(edition, cdn) == 0
    assert deliver(edition, cdn) == 0
    assert len(fastly.asked) == 1
    assert "429" in edition.state("cdn_error")
    monkeypatch.setattr("broadsheet.press.cdn.courier.time.time", lambda: now + 31)
    assert deliver(edition, cdn) == 0
    assert queue.counts(edition) == waiting
    monkeypatch.setattr("broadsheet.press.cdn.courier.time.time", lambda: now + 31 + courier.LONGEST_PAUSE + 1)
    assert deliver(edition, cdn) == 1
    assert (queue.counts(edition), edition.state("cdn_error")) == (0, "")


def test_batches_are_as_large_as_the_service_takes(reader, edition, fastly, news):
    with edition.writing() as db:
        db.executemany("INSERT INTO cdn_queue (path) VALUES (?)", [(f"/{n}/",) for n in range(600)])
    assert deliver(edition, Fastly(service="S1", token="t", api=fastly.url)) == 3
    assert [len(keys) for keys in told(fastly)] == [256, 256, 88]
    assert len({key for keys in told(fastly) for key in keys}) == 600


def test_very_much_at_once_is_everything(reader, edition, fastly, news):
    with edition.writing() as db:
        db.executemany("INSERT INTO cdn_queue (path) VALUES (?)", [(f"/{n}/",) for n in range(256 * 20 + 1)])
    assert deliver(edition, Fastly(service="S1", token="t", api=fastly.url)) == 1
    assert told(fastly) == [["site"]]
    assert edition.connection().execute("SELECT path, sent FROM cdn_queue").fetchall() == [("", 1)]


def test_one_courier_at_a_time(reader, edition, fastly, news):
    queue.add(edition, "/a/")
    assert edition.claim(courier.NAME, "another process", 60)
    assert deliver(edition, Fastly(service="S1", token="t", api=fastly.url)) == 0
    edition.release(courier.NAME, "another process")
    assert deliver(edition, Fastly(service="S1", token="t", api=fastly.url)) == 1


def test_looking_for_work_does_not_disturb_the_fronts(reader, edition, fastly, news):
    before = edition.version()
    deliver(edition, Fastly(service="S1", token="t", api=fastly.url))
    assert edition.version() == before


def test_a_page_overtaken_while_it_was_printed_is_purged(reader, edition, fastly, news, monkeypatch):
    render = context.context_of

    def overtaken(page):
        found = render(page)
        purge_log.append([(f"page/{news[0].pk}", None)])
        follow.follow()
        return found

    edition.drop("/news/n0/")
    settle(fastly)
    monkeypatch.setattr(context, "context_of", overtaken)
    reader.get("/news/n0/")
    deliver(edition, Fastly(service="S1", token="t", api=fastly.url))
    assert key_of("/news/n0/") in told(fastly)[0]


def test_a_new_edition_does_not_know_what_the_cdn_has(_looks_always, reader, edition, fastly, news):
    for suffix in ("", "-wal", "-shm"):
        edition.path.with_name(edition.path.name + suffix).unlink(missing_ok=True)
    reader.get("/news/n0/")
    deliver(edition, Fastly(service="S1", token="t", api=fastly.url))
    assert told(fastly) == [["site"]]
    republish(news[0], title="Another")
    follow.follow()
    deliver(edition, Fastly(service="S1", token="t", api=fastly.url))
    assert key_of("/news/n0/") in told(fastly)[-1]


def test_back_and_forward_purge_everything(reader, edition, fastly, news):
    cdn = Fastly(service="S1", token="t", api=fastly.url)
    pins.roll_back(time.time_ns() // 1000, "w")
    assert "Surrogate-Control" in reader.get("/").headers
    deliver(edition, cdn)
    pins.roll_forward("w")
    deliver(edition, cdn)
    assert told(fastly)[0] == told(fastly)[-1] == ["site"]


def test_without_a_cdn_nothing_is_queued(reader, edition, settings, fastly, news):
    settings.CDN = ""
    republish(news[0], title="Another")
    follow.follow()
    assert queue.counts(edition) is None
    pins.roll_back(time.time_ns() // 1000, "w")
    tables = edition.connection().execute("SELECT name FROM sqlite_master WHERE name LIKE 'cdn%'").fetchall()
    assert tables == []


def test_the_status_says_what_waits(reader, edition, fastly, news, capsys):
    republish(news[0], title="Another")
    follow.follow()
    call_command("press", "status")
    assert f"{queue.counts(edition)} changes the CDN was not told yet" in capsys.readouterr().out


# The settings


@pytest.mark.parametrize(
    ("wrong", "ids"),
    [
        ({"CDN": ""}, []),
        ({"CDN": "akamai"}, ["press.E001"]),
        ({"CDN": "fastly"}, ["press.E002", "press.E003"]),
        ({"CDN": "fastly", "CDN_ID": "S", "CDN_TOKEN": "t"}, []),
        ({"CDN": "cloudflare", "CDN_ID": "Z", "CDN_TOKEN": "t", "CDN_SOFT": True}, ["press.W001"]),
        ({"CDN": "varnish"}, ["press.E004"]),
        ({"CDN": "varnish", "CDN_URLS": ["10.0.0.5:6081"]}, ["press.E006"]),
        ({"CDN": "varnish", "CDN_URLS": ["http://10.0.0.5:6081"], "CDN_PURGE_BY": "address"}, ["press.W002"]),
        ({"CDN": "fastly", "CDN_ID": "S", "CDN_TOKEN": "t", "CDN_PURGE_BY": "tag"}, ["press.E007"]),
    ],
)
def test_a_cdn_that_could_not_be_purged_is_named(settings, wrong, ids):
    for name, value in wrong.items():
        setattr(settings, name, value)
    found = cdn_can_be_purged(None)
    assert [message.id for message in found] == ids
    assert all(message.hint for message in found)
