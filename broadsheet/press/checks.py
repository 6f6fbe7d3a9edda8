"""System checks of the press: a CDN that cannot be purged would serve old pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error, register
from django.core.checks import Warning as Advice

LEAST_FREE = 200_000_000
"""Bytes below which the disk is about to be full."""
KINDS = ("fastly", "cloudflare", "cloudfront", "varnish")


@register("press")
def cdn_can_be_purged(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """Everything the CDN's interface needs is there."""
    if not settings.CDN:
        return []
    if settings.CDN not in KINDS:
        return [_error(f"cdn {settings.CDN!r} is none we know.", f"Write one of {', '.join(KINDS)}.", 1)]
    return [*_missing(), *_addresses(), *_in_vain()]


@register("press")
def disk_has_room(app_configs: Any, **kwargs: Any) -> list[CheckMessage]:
    """The edition and its history grow: on a full disk pages go on being served, but none is kept any more."""
    folder = Path(settings.EDITION_PATH).parent
    if not folder.exists() or shutil.disk_usage(folder).free >= LEAST_FREE:
        return []
    return [
        Advice(
            f"The disk of {folder} has less than {LEAST_FREE // 1_000_000} MB free.",
            hint="Make room, or keep less history (history_days).",
            id="press.W003",
        )
    ]


def _missing() -> Iterator[CheckMessage]:
    if settings.CDN != "varnish" and not settings.CDN_ID:
        yield _error("cdn_id is empty.", "Write the id of the service, zone or distribution.", 2)
    if settings.CDN in {"fastly", "cloudflare"} and not settings.CDN_TOKEN:
        yield _error("cdn_token is empty.", "Set BROADSHEET_CDN_TOKEN to a token that may purge.", 3)
    if settings.CDN == "varnish" and not settings.CDN_URLS:
        yield _error("cdn_urls is empty.", 'Name every Varnish: cdn_urls = ["http://10.0.0.5:6081"].', 4)
    if settings.CDN == "cloudfront" and find_spec("botocore") is None:
        yield _error("CloudFront needs botocore.", "pip install 'broadsheet[cloudfront]'", 5)


def _addresses() -> Iterator[CheckMessage]:
    for url in settings.CDN_URLS:
        parts = urlsplit(url)
        if parts.scheme not in {"http", "https"} or not parts.hostname:
            yield _error(f"cdn_urls holds {url!r}, which is no address.", "Write scheme, host and port.", 6)
    if settings.CDN_PURGE_BY not in {"key", "address"}:
        yield _error(f"cdn_purge_by is {settings.CDN_PURGE_BY!r}.", "Write key or address.", 7)


def _in_vain() -> Iterator[CheckMessage]:
    """Settings that do nothing for this CDN."""
    if settings.CDN_SOFT and settings.CDN not in {"fastly", "varnish"}:
        yield Advice(f"{settings.CDN} knows no soft purges.", hint="Remove cdn_soft.", id="press.W001")
    if settings.CDN_PURGE_BY == "address" and settings.CDN not in {"cloudflare", "cloudfront"}:
        yield Advice(f"{settings.CDN} is purged by key.", hint="Remove cdn_purge_by.", id="press.W002")


def _error(message: str, hint: str, number: int) -> CheckMessage:
    return Error(message, hint=hint, id=f"press.E{number:03}")
