"""Where the site's mail goes: ``email_url`` as Django's settings. Pure.

Plain SMTP by Django's own backend, a provider by django-anymail's, and without an address the site's own mailbox.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from importlib.util import find_spec
from typing import Any
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

SMTP_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
"""In the clear, encrypted once connected (STARTTLS, RFC 3207), encrypted from the start (RFC 8314)."""
TIMEOUT_SECONDS = 20
"""For each answer of a mail server."""


@dataclass(frozen=True, kw_only=True)
class Mail:
    """Django's settings for one address."""

    backend: str
    """EMAIL_BACKEND."""
    host: str = ""
    """EMAIL_HOST."""
    port: int = 25
    """EMAIL_PORT."""
    user: str = ""
    """EMAIL_HOST_USER."""
    password: str = ""
    """EMAIL_HOST_PASSWORD."""
    starttls: bool = False
    """EMAIL_USE_TLS."""
    tls: bool = False
    """EMAIL_USE_SSL."""
    anymail: dict[str, Any] = field(default_factory=dict)
    """ANYMAIL, without the secret of its webhooks."""
    provider: str = ""
    """The scheme of a provider; empty for SMTP, the log and the mailbox."""


def _key(name: str) -> Callable[[SplitResult], dict[str, Any]]:
    return lambda parts: {name: _secret(parts)}


def _mailgun(parts: SplitResult) -> dict[str, Any]:
    region = parse_qs(parts.query).get("region", [""])[0]
    host = "https://api.eu.mailgun.net/v3" if region == "eu" else "https://api.mailgun.net/v3"
    return {
        "MAILGUN_API_KEY": unquote(parts.username or ""),
        "MAILGUN_SENDER_DOMAIN": parts.hostname,
        "MAILGUN_API_URL": host,
    }


def _mailjet(parts: SplitResult) -> dict[str, Any]:
    return {
        "MAILJET_API_KEY": unquote(parts.username or ""),
        "MAILJET_SECRET_KEY": unquote(parts.password or "") or parts.netloc.rpartition("@")[2],
    }


def _ses(parts: SplitResult) -> dict[str, Any]:
    session = {"region_name": parts.hostname}
    if parts.username:
        session |= {
            "aws_access_key_id": unquote(parts.username),
            "aws_secret_access_key": unquote(parts.password or ""),
        }
    return {"AMAZON_SES_SESSION_PARAMS": session}


PROVIDERS: dict[str, tuple[str, str, Callable[[SplitResult], dict[str, Any]]]] = {
    "brevo": ("brevo", "brevo://KEY", _key("BREVO_API_KEY")),
    "mailersend": ("mailersend", "mailersend://TOKEN", _key("MAILERSEND_API_TOKEN")),
    "mailgun": ("mailgun", "mailgun://KEY@mg.example.org?region=eu", _mailgun),
    "mailjet": ("mailjet", "mailjet://KEY:SECRET@", _mailjet),
    "mailtrap": ("mailtrap", "mailtrap://TOKEN", _key("MAILTRAP_API_TOKEN")),
    "mandrill": ("mandrill", "mandrill://KEY", _key("MANDRILL_API_KEY")),
    "postmark": ("postmark", "postmark://TOKEN", _key("POSTMARK_SERVER_TOKEN")),
    "resend": ("resend", "resend://KEY", _key("RESEND_API_KEY")),
    "sendgrid": ("sendgrid", "sendgrid://KEY", _key("SENDGRID_API_KEY")),
    "ses": ("amazon_ses", "ses://eu-west-1, or ses://KEY:SECRET@eu-west-1", _ses),
    "sparkpost": ("sparkpost", "sparkpost://KEY", _key("SPARKPOST_API_KEY")),
}
"""By scheme: anymail's name of the provider, an example, and its settings."""
PLAIN = {
    "": "broadsheet.desk.mailbox.backend.MailboxBackend",
    "mailbox": "broadsheet.desk.mailbox.backend.MailboxBackend",
    "console": "django.core.mail.backends.console.EmailBackend",
}
SCHEMES = sorted({*SMTP_PORTS, *PROVIDERS, "mailbox", "console"})


def from_url(url: str) -> Mail:
    """The settings of an address that ``problem`` finds nothing wrong with.

    Args:
        url: ``smtps://user:password@host:port``, ``postmark://TOKEN``, …; empty for the site's own mailbox.
    """
    parts = urlsplit(url)
    if parts.scheme in PLAIN:
        return Mail(backend=PLAIN[parts.scheme])
    if parts.scheme in PROVIDERS:
        module, _, read = PROVIDERS[parts.scheme]
        anymail = {**read(parts), "REQUESTS_TIMEOUT": TIMEOUT_SECONDS}
        return Mail(backend=f"anymail.backends.{module}.EmailBackend", anymail=anymail, provider=parts.scheme)
    return Mail(
        backend="django.core.mail.backends.smtp.EmailBackend",
        host=parts.hostname or "",
        port=parts.port or SMTP_PORTS[parts.scheme],
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starttls=parts.scheme == "smtp+tls",
        tls=parts.scheme == "smtps",
    )


def problem(url: str) -> str:
    """What is wrong with an address, and what to write instead; empty if nothing is."""
    parts = urlsplit(url)
    if parts.scheme in PLAIN and (not url or parts.scheme):
        return ""
    if parts.scheme not in SCHEMES:
        return f"email_url must begin with one of {', '.join(f'{scheme}://' for scheme in SCHEMES)}."
    if parts.scheme in SMTP_PORTS:
        return "" if _has_host(parts) else "email_url names no mail server: smtps://user:password@mail.example.org."
    if parts.scheme == "ses" and find_spec("boto3") is None:
        return "email_url names Amazon SES, whose library is missing: pip install 'broadsheet[ses]'."
    _, example, read = PROVIDERS[parts.scheme]
    found = read(parts)
    if all(found.values()):
        return ""
    return f"email_url lacks a part of {parts.scheme}'s credentials: write {example}."


def _has_host(parts: SplitResult) -> bool:
    try:
        return bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        return False


def _secret(parts: SplitResult) -> str:
    """A provider's one secret: what stands behind the scheme, whatever characters it has."""
    return unquote(parts.netloc.removesuffix("@").removesuffix(":"))
