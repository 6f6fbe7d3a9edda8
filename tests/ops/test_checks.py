"""``broadsheet check`` names what is wrong and the mend."""

from __future__ import annotations

import pytest
from django.core.checks import run_checks


def found(**options):
    return {message.id: message for message in run_checks(**options)}


def test_a_sound_configuration_passes(db):
    assert not [message for message in found().values() if message.level >= 40]


@pytest.mark.parametrize("wrong", ["news.example.org", "https://news.example.org/paper", "ftp://news.example.org"])
def test_an_address_that_is_none(db, settings, wrong):
    settings.BASE_URL = wrong
    assert "broadsheet.toml" in found()["ops.E002"].hint


def test_a_folder_that_does_not_exist(db, settings):
    settings.EDITION_PATH = "/nowhere/at/all/edition.sqlite3"
    assert "/nowhere/at/all" in found()["ops.E003"].msg


def test_a_public_site_in_the_clear(db, settings):
    settings.BASE_URL = "http://news.example.org"
    assert "https" in found(include_deployment_checks=True)["ops.W001"].hint


def test_a_public_site_that_is_open(db, settings):
    settings.BASE_URL, settings.DEBUG, settings.SECRET_KEY = "https://news.example.org", True, "abc"
    settings.ALLOWED_HOSTS = ["*"]
    assert {"ops.E004", "ops.E005", "ops.E006"} <= set(found(include_deployment_checks=True))


def test_a_sqlite_with_the_wal_bug(db, monkeypatch):
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("about SQLite")
    monkeypatch.setattr("broadsheet.ops.checks.is_sound", lambda version: False)
    assert "pysqlite3" in found()["ops.E001"].hint


def test_a_public_site_whose_mail_goes_nowhere(db, settings):
    settings.BASE_URL = "https://news.example.org"
    settings.EMAIL_BACKEND = "broadsheet.desk.mailbox.backend.MailboxBackend"
    assert "email_url" in found(include_deployment_checks=True)["ops.W002"].hint


def test_a_provider_that_cannot_report_bounces(db, settings):
    settings.BASE_URL, settings.EMAIL_PROVIDER = "https://news.example.org", "postmark"
    assert "email_webhook_secret" in found(include_deployment_checks=True)["ops.W003"].hint


def test_a_mailbox_that_cannot_be_read(db, settings):
    assert "ops.E007" not in found()
    settings.BOUNCE_MAILBOX = "imap://news:secret@mail.example.org"
    assert "in the clear" in found()["ops.E007"].msg and "imaps://" in found()["ops.E007"].hint
    assert "secret" not in found()["ops.E007"].msg
