"""System checks of a site's configuration: what is wrong, and the mend."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Advice
from django.db import connection

from broadsheet.ops import mail
from broadsheet.ops.sqlite import is_sound
from broadsheet.readers.newsletters.decide import bounce_mailbox


@register()
def sqlite_is_sound(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Refuse a SQLite library that can corrupt a database in WAL mode when several processes write."""
    import sqlite3

    if connection.vendor != "sqlite" or is_sound(sqlite3.sqlite_version_info):
        return []
    return [
        Error(
            f"SQLite {sqlite3.sqlite_version} has the WAL-reset bug: several writers can corrupt the database.",
            hint="Install the bundled library (pip install 'pysqlite3>=0.6.1'), or use PostgreSQL (database_url).",
            id="ops.E001",
        )
    ]


@register()
def base_url_is_whole(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The public address must have a scheme and a host and nothing behind them."""
    parts = urlsplit(settings.BASE_URL)
    if parts.scheme in {"http", "https"} and parts.hostname and parts.path in {"", "/"} and not parts.query:
        return []
    return [
        Error(
            f"base_url {settings.BASE_URL!r} is not an address such as https://news.example.org",
            hint="Set base_url in broadsheet.toml to scheme and host only.",
            id="ops.E002",
        )
    ]


@register()
def bounce_mailbox_is_whole(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The mailbox that letters come back to is named so that it can be read, and its password kept from others."""
    wrong = bounce_mailbox.problem(settings.BOUNCE_MAILBOX)
    hint = f"Set bounce_mailbox in broadsheet.toml as {bounce_mailbox.EXAMPLE}, or leave it out."
    return [Error(wrong, hint=hint, id="ops.E007")] if wrong else []


@register()
def folders_are_writable(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The site's folder takes the database, the edition and the media."""
    import os
    from pathlib import Path

    folders = {Path(settings.SITE_DIR), Path(settings.EDITION_PATH).parent, Path(settings.MEDIA_ROOT).parent}
    return [
        Error(
            f"{folder} cannot be written to.",
            hint="Make it, and give it to the user that runs Broadsheet.",
            id="ops.E003",
        )
        for folder in sorted(folders)
        if not os.access(folder, os.W_OK)
    ]


@register(deploy=True)
def public_site_is_closed(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A public site that shows its errors' source, or answers for any host, is open to attack."""
    if urlsplit(settings.BASE_URL).hostname in {"localhost", "127.0.0.1", "testserver"}:
        return []
    found: list[CheckMessage] = []
    if settings.DEBUG:
        found.append(Error("debug is on.", hint="Remove debug from broadsheet.toml.", id="ops.E004"))
    if "*" in settings.ALLOWED_HOSTS:
        found.append(Error("allowed_hosts holds *.", hint="Name the hosts, or leave it out.", id="ops.E005"))
    if len(settings.SECRET_KEY) < 40:
        found.append(Error("secret_key is too short.", hint="Leave it out: a good one is made.", id="ops.E006"))
    return found


@register(deploy=True)
def public_site_is_encrypted(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A public site without HTTPS sends the editors' passwords in the clear."""
    parts = urlsplit(settings.BASE_URL)
    if parts.scheme == "https" or parts.hostname in {"localhost", "127.0.0.1", "testserver"}:
        return []
    return [
        Advice(
            f"{settings.BASE_URL} is not encrypted.",
            hint="Put a proxy with a certificate in front and set base_url to https://…",
            id="ops.W001",
        )
    ]


@register(deploy=True)
def public_site_sends_mail(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """A public site's mail must reach people, and its bounces must reach the site."""
    if urlsplit(settings.BASE_URL).hostname in {"localhost", "127.0.0.1", "testserver"}:
        return []
    if settings.EMAIL_BACKEND in mail.PLAIN.values() and not settings.CONFIG.email_url:
        return [
            Advice(
                "Mail goes nowhere: the site keeps it to itself.",
                hint="Set email_url in broadsheet.toml, for example smtp+tls://user:password@mail.example.org:587, "
                "or mailbox:// if that is what you want.",
                id="ops.W002",
            )
        ]
    if settings.EMAIL_PROVIDER and not settings.ANYMAIL.get("WEBHOOK_SECRET"):
        return [
            Advice(
                f"{settings.EMAIL_PROVIDER} cannot report bounces and complaints.",
                hint="Set email_webhook_secret, and give the provider the address that "
                "docs/how-to/connect-a-mail-provider.md names.",
                id="ops.W003",
            )
        ]
    return []
