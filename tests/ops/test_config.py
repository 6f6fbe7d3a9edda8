"""A site's configuration: read, overridden, and refused with a message that says what to mend."""

from __future__ import annotations

import stat

import pytest

from broadsheet.ops import config, databases, sqlite
from broadsheet.ops.errors import ConfigurationError, SiteExists
from broadsheet.ops.new import new_site


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch):
    import os

    for name in [name for name in os.environ if name.startswith("BROADSHEET_")]:
        monkeypatch.delenv(name)


def test_a_new_site_loads_with_what_it_was_given(tmp_path):
    site = new_site(tmp_path / "site", 'The "Daily"', "https://daily.example")
    loaded = config.load(site)
    assert (loaded.name, loaded.base_url) == ("The 'Daily'", "https://daily.example")
    assert loaded.site == site


def test_a_folder_with_something_in_it_is_left_alone(tmp_path):
    (tmp_path / "precious.txt").write_text("keep")
    with pytest.raises(SiteExists, match="not empty"):
        new_site(tmp_path, "x", "http://localhost")


def test_the_environment_wins(tmp_path, monkeypatch):
    (tmp_path / "broadsheet.toml").write_text('base_url = "https://a.example"\nthreads = 4\n')
    monkeypatch.setenv("BROADSHEET_BASE_URL", "https://b.example")
    monkeypatch.setenv("BROADSHEET_ALLOWED_HOSTS", "c.example, d.example")
    monkeypatch.setenv("BROADSHEET_DEBUG", "yes")
    loaded = config.load(tmp_path)
    assert loaded.base_url == "https://b.example"
    assert loaded.threads == 4
    assert loaded.allowed_hosts == ["c.example", "d.example"]
    assert loaded.debug is True


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("base_ulr = 'x'", "unknown setting base_ulr"),
        ("threads = 'many'", "threads must be a whole number"),
        ("= = =", "cannot be read"),
        ("time_zone = 'Mars/Olympus'", "no time zone"),
        ("language = 'zz'", "none the desk knows"),
        ("workers = 0", "workers must be at least 1"),
        ("email_url = 'foo://x'", "email_url must begin"),
        ("email_url = 'smtps://'", "no mail server"),
        ("search_url = 'solr://search.example.org'", "names no search engine"),
        ("search_url = 'elasticsearch://search.example.org:port/x'", "names no search engine"),
        ("search_url = 'opensearch://search.example.org/The Paper'", "no prefix"),
        ("email_url = 'mailgun://KEY@'", "mailgun://KEY@mg.example.org"),
        ("email_from = 'nobody'", "email_from 'nobody' is no address"),
        ("email_webhook_secret = 'secret'", "a name and a password"),
        ("bounce_mailbox = 'mail.example.org'", "bounce_mailbox must begin with one of imap"),
    ],
)
def test_mistakes_are_named(tmp_path, text, message):
    (tmp_path / "broadsheet.toml").write_text(text)
    with pytest.raises(ConfigurationError, match=message):
        config.load(tmp_path)


def test_a_number_from_the_environment_must_be_one(tmp_path, monkeypatch):
    monkeypatch.setenv("BROADSHEET_THREADS", "lots")
    with pytest.raises(ConfigurationError, match="BROADSHEET_THREADS must be a whole number"):
        config.load(tmp_path)


@pytest.mark.parametrize(("name", "value"), [("BROADSHEET_NONSENSE", "1"), ("BROADSHEET_DEBUG", "maybe")])
def test_the_environment_is_held_to_the_same(tmp_path, monkeypatch, name, value):
    monkeypatch.setenv(name, value)
    with pytest.raises(ConfigurationError, match=name):
        config.load(tmp_path)


def test_the_key_is_made_once_and_is_its_owners_only(tmp_path):
    loaded = config.load(tmp_path)
    key = config.secret_key(loaded)
    assert len(key) > 50
    assert config.secret_key(loaded) == key
    assert stat.S_IMODE((tmp_path / "secret.key").stat().st_mode) == 0o600


def test_database_addresses(tmp_path):
    assert databases.from_url("", tmp_path)["ENGINE"].endswith("sqlite3")
    found = databases.from_url("postgresql://me:p%40ss@db.example:5433/news", tmp_path)
    assert (found["USER"], found["PASSWORD"], found["HOST"], found["PORT"], found["NAME"]) == (
        "me",
        "p@ss",
        "db.example",
        "5433",
        "news",
    )
    for wrong in ("mysql://x/y", "postgresql://host", "news"):
        with pytest.raises(ConfigurationError, match="database_url"):
            databases.from_url(wrong, tmp_path)


@pytest.mark.parametrize(
    ("version", "sound"),
    [
        ((3, 40, 1), False),
        ((3, 44, 6), True),
        ((3, 45, 0), False),
        ((3, 50, 7), True),
        ((3, 51, 2), False),
        ((3, 51, 3), True),
    ],
)
def test_which_sqlite_is_sound(version, sound):
    assert sqlite.is_sound(version) is sound


def test_the_sqlite_in_use_is_sound():
    import sqlite3

    assert sqlite.is_sound(sqlite3.sqlite_version_info)
