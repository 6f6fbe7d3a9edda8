"""Whether the values of a site's configuration can be true. Pure."""

from __future__ import annotations

import re
import zoneinfo
from email.utils import parseaddr
from importlib.util import find_spec
from typing import TYPE_CHECKING

from broadsheet.ops import mail, search_service
from broadsheet.readers.newsletters.decide import bounce_mailbox

if TYPE_CHECKING:
    from broadsheet.ops.config import SiteConfig

_LANGUAGE = re.compile(r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$")


def problems(config: SiteConfig) -> list[str]:
    """Every value that cannot be right, each with what to write instead."""
    return [*_of_place(config), *_of_processes(config), *_of_services(config)]


def _of_place(config: SiteConfig) -> list[str]:
    found = []
    if config.time_zone not in zoneinfo.available_timezones():
        found.append(f"time_zone {config.time_zone!r} is no time zone: write one such as Europe/London.")
    if not _LANGUAGE.match(config.language) or not _is_known_language(config.language):
        found.append(f"language {config.language!r} is none the desk knows: write one such as en, de or pt-br.")
    return found


def _is_known_language(language: str) -> bool:
    from django.conf import global_settings

    known = {code for code, _ in global_settings.LANGUAGES}
    return language.lower() in known or language.partition("-")[0].lower() in known


def _of_processes(config: SiteConfig) -> list[str]:
    return [
        f"{name} must be at least 1, not {value}."
        for name, value in (
            ("workers", config.workers),
            ("threads", config.threads),
            ("poll_shortest", config.poll_shortest),
            ("history_days", config.history_days),
        )
        if value < 1
    ]


def _of_services(config: SiteConfig) -> list[str]:
    found = []
    if wrong := mail.problem(config.email_url):
        found.append(wrong)
    if wrong := search_service.problem(config.search_url):
        found.append(wrong)
    if config.email_from and not _is_address(config.email_from):
        found.append(f"email_from {config.email_from!r} is no address: write The Mirror <news@example.org>.")
    if config.email_webhook_secret and not all(config.email_webhook_secret.partition(":")):
        found.append("email_webhook_secret must be a name and a password with a colon between them.")
    if wrong := bounce_mailbox.problem(config.bounce_mailbox):
        found.append(wrong)
    if config.database_url.startswith("postgres") and find_spec("psycopg") is None:
        found.append("database_url names PostgreSQL, whose driver is missing: pip install 'broadsheet[postgres]'.")
    return found


def _is_address(text: str) -> bool:
    from django.core.exceptions import ValidationError
    from django.core.validators import validate_email

    try:
        validate_email(parseaddr(text)[1])
    except ValidationError:
        return False
    return "\n" not in text and "\r" not in text
