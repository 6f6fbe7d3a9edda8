"""What readers, editors and the operator are told while the edition's disk is in trouble."""

from __future__ import annotations

import sqlite3

import pytest
from django.core.checks import run_checks
from django.test import Client

from broadsheet.press import checks, printer
from broadsheet.press.edition import open_edition
from tests.factories import make_article, make_section


@pytest.fixture
def article(paper):
    return make_article(make_section(slug="news"), slug="one", title="One headline")


@pytest.fixture
def troubled(reader, edition):
    """Nothing can be written to the edition."""
    edition.connection().execute("PRAGMA query_only = ON")
    yield edition
    edition.connection().execute("PRAGMA query_only = OFF")
    edition.trouble.end()


def test_an_address_that_leads_nowhere_is_answered_404_though_the_edition_is_damaged(reader, article, monkeypatch):
    reader.get("/404.html")

    def damaged(path):
        raise sqlite3.DatabaseError("database disk image is malformed")

    monkeypatch.setattr(open_edition(), "get", damaged)
    got = Client(raise_request_exception=False).get("/no/such/page/")
    assert (got.status_code, "The Gazette" in got.content.decode()) == (404, True)


def test_pages_that_could_not_be_kept_serve_for_seconds_and_are_forgotten(reader, article, troubled, monkeypatch):
    assert reader.get("/news/one/").status == 200
    assert list(reader.front.printer._unkept) == ["/news/one/"]
    monkeypatch.setattr(printer, "UNKEPT_SECONDS", 0.0)
    reader.get("/news/")  # its time is over at once
    monkeypatch.setattr(printer.time, "monotonic", lambda real=printer.time.monotonic: real() + 3600)
    reader.get("/")
    assert "/news/one/" not in reader.front.printer._unkept


def test_the_desk_says_so_on_every_screen(reader, article, troubled, admin_client):
    reader.get("/news/one/")
    for path in ("/desk/", "/desk/articles/"):
        assert "attempt to write a readonly database" in admin_client.get(path).content.decode()
    troubled.trouble.since = None
    assert "Pages cannot be kept" not in admin_client.get("/desk/").content.decode()


def test_a_disk_that_is_about_to_be_full_is_warned_of(paper, monkeypatch):
    assert "press.W003" not in {message.id for message in run_checks(tags=["press"])}
    monkeypatch.setattr(checks, "LEAST_FREE", 10**18)
    found = {message.id: message for message in run_checks(tags=["press"])}
    assert "history_days" in found["press.W003"].hint
