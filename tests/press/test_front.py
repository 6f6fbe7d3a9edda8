"""What the front answers: negotiation, validators, stale leaves, single flight."""

from __future__ import annotations

import gzip
import threading
import time

import brotli
import pytest
import zstandard

from broadsheet.newsroom import reads
from broadsheet.newsroom.models import Article
from broadsheet.press import follow, purge_log, tasks
from broadsheet.press.errors import RenderFailed
from broadsheet.press.leaves import LeafTerms
from broadsheet.press.pages import context
from tests.factories import make_article, make_section, republish


@pytest.fixture
def article(paper):
    return make_article(make_section(slug="news"), slug="one", title="One headline", text="Words. " * 200)


PATH = "/news/one/"


def test_the_second_request_is_answered_without_django_or_a_query(reader, article, django_assert_num_queries):
    first = reader.get(PATH)
    reader.get(PATH)
    with django_assert_num_queries(0):
        again = reader.get(PATH)
    assert again.body == first.body
    assert reader.asked_django == []


@pytest.mark.parametrize(
    ("accepts", "coding", "decode"),
    [
        ("gzip", "gzip", gzip.decompress),
        ("gzip, deflate, br, zstd", "br", brotli.decompress),
        ("gzip, zstd", "zstd", lambda body: zstandard.ZstdDecompressor().decompress(body)),
        ("br;q=0, gzip;q=0.5", "gzip", gzip.decompress),
        ("*", "br", brotli.decompress),
        ("", None, bytes),
        ("identity", None, bytes),
    ],
)
def test_each_client_gets_the_best_coding_it_takes(reader, article, accepts, coding, decode):
    plain = reader.get(PATH)
    got = reader.get(PATH, accept_encoding=accepts)
    assert got.headers.get("Content-Encoding") == coding
    assert decode(got.body) == plain.body
    assert got.headers["Vary"] == "Accept-Encoding"
    assert int(got.headers["Content-Length"]) == len(got.body)


def test_every_variant_has_its_own_strong_etag_and_answers_304(reader, article):
    tags = {}
    for accepts in ("", "gzip", "br", "zstd"):
        tags[accepts] = reader.get(PATH, accept_encoding=accepts).headers["ETag"]
        again = reader.get(PATH, accept_encoding=accepts, if_none_match=f'"x", W/{tags[accepts]}')
        assert again.status == 304
        assert again.body == b""
        assert again.headers["ETag"] == tags[accepts]
    assert len(set(tags.values())) == 4
    assert reader.get(PATH, accept_encoding="gzip", if_none_match=tags["br"]).status == 200


def test_head_has_the_headers_of_get_and_no_body(reader, article):
    head, get = reader.get(PATH, method="HEAD"), reader.get(PATH)
    assert head.body == b""
    assert head.headers == get.headers


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_a_page_takes_nothing_in(reader, article, method):
    got = reader.get(PATH, method=method)
    assert (got.status, got.headers["Allow"]) == (405, "GET, HEAD")


def test_a_tracking_query_gets_the_same_leaf(reader, article):
    assert reader.get(f"{PATH}?utm_source=x").body == reader.get(PATH).body


def test_readers_get_no_cookie_and_a_policy(reader, article):
    got = reader.get(PATH)
    assert "Set-Cookie" not in got.headers
    assert "default-src 'none'" in got.headers["Content-Security-Policy"]
    assert got.headers["X-Content-Type-Options"] == "nosniff"
    assert "stale-if-error" in got.headers["Cache-Control"]


def test_a_page_that_cannot_be_rendered_is_served_as_it_was(reader, edition, article, monkeypatch):
    before = reader.get(PATH)
    republish(article, title="Another headline")
    follow.follow()

    def fail(page):
        raise RuntimeError("out of ink")

    with monkeypatch.context() as patch:
        patch.setattr(context, "context_of", fail)
        assert reader.get(PATH).body == before.body
        assert edition.status(PATH).error
        assert reader.get(PATH).body == before.body
    edition.failed(PATH, "", 0)
    assert "Another headline" in reader.get(PATH).text


def test_a_page_that_was_never_printed_and_fails_gets_the_error_page(reader, article, monkeypatch):
    monkeypatch.setattr(context, "context_of", lambda page: 1 / 0)
    assert reader.get(PATH).status == 500


def test_what_is_purged_while_it_renders_is_stale_from_the_start(reader, edition, article, monkeypatch):
    render = context.context_of

    def render_and_be_overtaken(page):
        found = render(page)
        if isinstance(page, Article):
            Article.objects.filter(pk=page.pk).update(title="Changed meanwhile")
            purge_log.append([(f"page/{page.pk}", None)])
            follow.follow()
        return found

    with monkeypatch.context() as patch:
        patch.setattr(context, "context_of", render_and_be_overtaken)
        reader.get(PATH)
    assert edition.status(PATH).stale_since
    assert "Changed meanwhile" in reader.get(PATH).text
    assert edition.status(PATH).stale_since is None


@pytest.mark.django_db(transaction=True)
def test_one_renders_while_the_others_wait_for_it(reader, edition, monkeypatch):
    make_article(make_section(slug="news"), slug="one")
    renders, render = [], context.context_of

    def slowly(page):
        renders.append(page.pk)
        time.sleep(0.3)
        return render(page)

    monkeypatch.setattr(context, "context_of", slowly)
    edition.drop(PATH)
    bodies = []

    def ask():
        from django.db import connection

        bodies.append(reader.get(PATH).body)
        connection.close()

    threads = [threading.Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(renders) == 1, bodies
    assert len(bodies) == 8
    assert len(set(bodies)) == 1


def test_the_job_leaves_alone_what_a_reader_has_had_rendered_meanwhile(reader, edition, article):
    for _ in range(2):
        follow.follow()  # a new edition begins its log; PostgreSQL then shows it what this transaction wrote before
    reader.get(PATH)
    assert tasks.print_stale.call(PATH) == 0
    assert edition.status(PATH).renders == 1
    purge_log.append([(f"page/{article.pk}", None)])
    assert tasks.print_stale.call(PATH) == 1
    assert edition.status(PATH).renders == 2


def test_another_process_that_renders_is_waited_for_and_not_forever(reader, edition, article, monkeypatch):
    before = reader.get(PATH)
    republish(article, title="Another headline")
    follow.follow()
    monkeypatch.setattr("broadsheet.press.printer.WAIT_SECONDS", 0.2)
    assert edition.claim(PATH, "another process", 30)
    assert reader.get(PATH).body == before.body
    edition.release(PATH, "another process")
    assert "Another headline" in reader.get(PATH).text


def test_pages_for_some_readers_only_are_never_kept(reader, edition, article):
    from wagtail.models import PageViewRestriction

    PageViewRestriction.objects.create(page=article.page_ptr, restriction_type="login")
    assert "One headline" not in reader.get(PATH).text
    assert edition.status(PATH) is None


def test_an_unknown_address_looks_like_the_paper(reader):
    got = reader.get("/there/is/nothing/here/")
    assert got.status == 404
    assert "The Gazette" in got.text


def test_the_edition_can_be_deleted_at_any_time(reader, edition, article, monkeypatch):
    monkeypatch.setattr("broadsheet.press.edition.file.LOOK_SECONDS", 0)
    before = reader.get(PATH).body
    edition.path.unlink()
    for suffix in ("-wal", "-shm"):
        edition.path.with_name(edition.path.name + suffix).unlink(missing_ok=True)
    assert reader.get(PATH).body == before
    assert edition.path.exists()
    assert edition.counts()["leaves"] == 1
    republish(article, title="Another headline")
    assert "Another headline" in reader.sees(PATH)


def test_a_list_that_nobody_named_is_an_error_here_and_purged_by_everything_on_a_live_site(
    reader, edition, article, settings, monkeypatch
):
    render = context.context_of

    def careless(page):
        return {**render(page), "all": list(Article.objects.order_by("-published_at")[:5])}

    monkeypatch.setattr(context, "context_of", careless)
    with pytest.raises(RenderFailed):
        reader.front.printer.render(PATH, LeafTerms(hot=False, seconds=None))
    settings.PRESS_GUARD_RAISES = False
    reader.get(PATH)
    purge_log.append([("topic/999999", None)])
    follow.follow()
    assert edition.status(PATH).stale_since


def test_reading_outside_a_rendering_announces_to_nobody():
    with reads.reading("site") as span:
        span.between(None, None)


def test_an_edition_printed_under_another_address_is_printed_anew(reader, edition, article, settings):
    from broadsheet.press.imprint import check_edition

    assert check_edition() is False
    reader.get(PATH)
    assert check_edition() is False
    settings.BASE_URL = "https://news.example.org"
    assert check_edition() is True
    assert 'href="https://news.example.org/news/one/"' in reader.get(PATH).text


def test_a_page_that_has_settled_is_packed_tighter_under_an_etag_of_its_own(reader, edition, article, monkeypatch):
    monkeypatch.setattr("broadsheet.press.tasks.SETTLED_SECONDS", -1)
    before = {accepts: reader.get(PATH, accept_encoding=accepts) for accepts in ("br", "gzip", "")}
    assert tasks.repack.call() == 1
    after = {accepts: reader.get(PATH, accept_encoding=accepts) for accepts in ("br", "gzip", "")}
    assert len(after["br"].body) < len(before["br"].body)
    assert brotli.decompress(after["br"].body) == after[""].body == before[""].body
    assert after["br"].headers["ETag"] != before["br"].headers["ETag"]
    assert after["gzip"].headers["ETag"] == before["gzip"].headers["ETag"]
    assert reader.get(PATH, accept_encoding="br", if_none_match=before["br"].headers["ETag"]).status == 200
    assert tasks.repack.call() == 0
