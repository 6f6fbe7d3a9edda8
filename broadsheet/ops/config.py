"""A site's configuration: one TOML file beside the site's data, overridden by the environment.

``broadsheet.toml`` lies in the site's folder; every key of it can also be given as an environment variable
(``BROADSHEET_`` and the key in capitals), which wins. docs/reference/settings.md lists them, and a test
compares that list with the fields below.
"""

from __future__ import annotations

import os
import secrets
import tomllib
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from broadsheet.ops import config_values
from broadsheet.ops.errors import ConfigurationError

FILE_NAME = "broadsheet.toml"
NOT_SETTINGS = {
    "BROADSHEET_SITE", "BROADSHEET_VENV", "BROADSHEET_PYTHON", "BROADSHEET_CORPORA", "BROADSHEET_TEST_DATABASE",
    "BROADSHEET_TEST_POSTGRES",
}  # fmt: skip
"""Names in the environment that are ours but set nothing of a site."""


PUSH_SERVICES = ("fcm.googleapis.com", ".push.services.mozilla.com", ".notify.windows.com", ".push.apple.com")
"""Those of Chromium's family, Firefox, Edge and Safari."""


@dataclass(frozen=True, kw_only=True)
class SiteConfig:
    """What a site is told from outside. Paths are absolute once loaded."""

    site: Path
    """The site's folder: database, edition, media and key file lie in it."""
    name: str = "My Newspaper"
    """The paper's name when it is founded; afterwards the desk's settings decide."""
    base_url: str = "http://localhost:8000"
    """The public address readers use, without a trailing slash."""
    database_url: str = ""
    """``postgresql://user:password@host:port/name``; empty means SQLite in the site's folder."""
    secret_key: str = ""
    """Signs sessions and forms; empty means the generated ``secret.key`` in the site's folder."""
    debug: bool = False
    """Show errors with their source. Never on a public site."""
    time_zone: str = "Europe/London"
    """The newsroom's clock (IANA name): dates on pages and the desk's schedules."""
    language: str = "en"
    """Language of the readers' pages and the desk (BCP 47)."""
    allowed_hosts: list[str] = field(default_factory=list)
    """Further host names that may ask for pages; the host of ``base_url`` is always one."""
    media_root: str = ""
    """Folder of uploaded pictures and documents; empty means ``media`` in the site's folder."""
    edition: str = ""
    """Path of the edition's file; empty means ``edition.sqlite3`` in the site's folder."""
    history_days: int = 30
    """Days for which every version of every page is kept; snapshots are kept until dropped."""
    cdn: str = ""
    """The CDN in front of the site: ``fastly``, ``cloudflare``, ``cloudfront`` or ``varnish``; empty for none."""
    cdn_id: str = ""
    """Fastly's service, Cloudflare's zone or CloudFront's distribution."""
    cdn_token: str = ""
    """Allows purging; better given as ``BROADSHEET_CDN_TOKEN``. CloudFront takes AWS's own credentials instead."""
    cdn_purge_by: str = "key"
    """``key``, or ``address`` where Cloudflare or CloudFront should be told addresses."""
    cdn_soft: bool = False
    """Have Fastly or Varnish mark pages stale instead of removing them: one more reader may see the old page."""
    cdn_urls: list[str] = field(default_factory=list)
    """Where purges are sent: every Varnish, as ``http://10.0.0.5:6081``; empty for a service's own address."""
    fetch_allow: list[str] = field(default_factory=list)
    """``host:port`` pairs on private networks that the wire may fetch from; none by default."""
    poll_shortest: int = 300
    """Seconds that pass at least between two polls of a feed."""
    user_agent_contact: str = ""
    """Address that source sites find in our User-Agent; empty means ``base_url``."""
    email_url: str = ""
    """Where mail goes, as ``smtps://user:password@host:port`` or ``postmark://TOKEN``; empty: the desk's mailbox."""
    email_from: str = ""
    """Sender, as ``The Mirror <news@example.org>``; empty means ``news@`` and the host of ``base_url``."""
    email_per_second: int = 50
    """Letters that a sending worker hands over in a second; 0 for as many as the server takes."""
    email_webhook_secret: str = ""
    """``name:password`` by which the provider's reports of bounces are known; empty takes no reports."""
    bounce_mailbox: str = ""
    """Where mail to ``email_from`` is read for bounces, as ``imaps://user:password@host/INBOX``; empty reads none."""
    push_services: list[str] = field(default_factory=lambda: list(PUSH_SERVICES))
    """Hosts of the services by which browsers are notified; ``.example`` stands for all below it."""
    akismet_key: str = ""
    """Has Akismet asked about each comment, better given as ``BROADSHEET_AKISMET_KEY``; empty asks nobody."""
    akismet_url: str = "https://rest.akismet.com"
    """Where it is asked."""
    search_url: str = ""
    """``elasticsearch://user:password@host:9200/prefix`` or ``opensearch://…``; empty: the database searches."""
    workers: int = 1
    """Web processes."""
    threads: int = 4
    """Threads a web process answers with, at least 2; the last is kept for printed pages."""


KINDS: dict[type, str] = {str: "text", int: "a whole number", bool: "true or false", list: "a list"}


def site_folder() -> Path:
    """The folder of the site in use: ``BROADSHEET_SITE``, else the current folder."""
    return Path(os.environ.get("BROADSHEET_SITE", ".")).resolve()


def load(site: Path | None = None) -> SiteConfig:
    """Read a site's configuration.

    Args:
        site: the site's folder; ``site_folder()`` when None.
    Raises:
        ConfigurationError: the file cannot be read, or names a key or a type that does not exist.
    """
    site = site or site_folder()
    given = {**_from_file(site / FILE_NAME), **_from_environment()}
    known = {f.name for f in fields(SiteConfig)} - {"site"}
    if unknown := sorted(set(given) - known):
        raise ConfigurationError(
            f"{site / FILE_NAME}: unknown setting {', '.join(unknown)}. Known are: {', '.join(sorted(known))}."
        )
    config = SiteConfig(site=site, **given)
    if wrong := config_values.problems(config):
        raise ConfigurationError(f"{site / FILE_NAME} or the environment: " + " ".join(wrong))
    return config


def secret_key(config: SiteConfig) -> str:
    """The signing key: as configured, else kept in ``secret.key`` (made on first use, readable by its owner only)."""
    if config.secret_key:
        return config.secret_key
    path = config.site / "secret.key"
    if not path.exists():
        config.site.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(64))
    return path.read_text().strip()


def _from_file(path: Path) -> dict[str, Any]:
    if not path.exists():
        return {}
    try:
        found = tomllib.loads(path.read_text())
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ConfigurationError(f"{path} cannot be read: {error}. Mend the file and start again.") from error
    defaults = _defaults()
    for key, value in found.items():
        if key in defaults and type(value) is not type(defaults[key]):
            raise ConfigurationError(f"{path}: {key} must be {KINDS[type(defaults[key])]}, not {value!r}.")
    return found


def _from_environment() -> dict[str, Any]:
    known = {f"BROADSHEET_{key.upper()}" for key in _defaults()} | NOT_SETTINGS
    if unknown := sorted(name for name in os.environ if name.startswith("BROADSHEET_") and name not in known):
        raise ConfigurationError(f"The environment sets {', '.join(unknown)}, which is no setting of Broadsheet's.")
    return {
        key: _read(key, os.environ[name], default)
        for key, default in _defaults().items()
        if (name := f"BROADSHEET_{key.upper()}") in os.environ
    }


def _read(key: str, text: str, default: object) -> Any:
    if isinstance(default, bool):
        return _read_bool(key, text)
    if isinstance(default, int):
        if not text.strip().isdigit():
            raise ConfigurationError(f"BROADSHEET_{key.upper()} must be a whole number, not {text!r}.")
        return int(text)
    if isinstance(default, list):
        return [part.strip() for part in text.split(",") if part.strip()]
    return text


def _read_bool(key: str, text: str) -> bool:
    word = text.strip().lower()
    if word not in {"1", "true", "yes", "on", "0", "false", "no", "off", ""}:
        raise ConfigurationError(f"BROADSHEET_{key.upper()} must be true or false, not {text!r}.")
    return word in {"1", "true", "yes", "on"}


def _defaults() -> dict[str, Any]:
    sample = SiteConfig(site=Path())
    return {f.name: getattr(sample, f.name) for f in fields(SiteConfig) if f.name != "site"}
