"""The CDN that the settings name, and what its answers carry."""

from __future__ import annotations

import time
from functools import cache

from django.conf import settings

from broadsheet.press.cdn import cloudflare, fastly
from broadsheet.press.cdn.cloudfront import CloudFront
from broadsheet.press.cdn.keys import key_of
from broadsheet.press.cdn.values import LIFE_SECONDS, Cdn, Headers
from broadsheet.press.cdn.varnish import Varnish
from broadsheet.press.edition import Leaf


def configured() -> Cdn | None:
    """The CDN in front of this site; None if there is none."""
    return _make(
        settings.CDN, settings.CDN_ID, settings.CDN_TOKEN, settings.CDN_PURGE_BY, settings.CDN_SOFT,
        tuple(settings.CDN_URLS), settings.BASE_URL,
    )  # fmt: skip


def dress(headers: Headers, leaf: Leaf) -> Headers:
    """A leaf's headers as the CDN wants them: its key always; a long life only if a purge will end it.

    A leaf that is stale will not be purged once more when it has been printed, and one that changes by itself sooner is
    not purged then: those live as long as Cache-Control says.
    """
    cdn = configured()
    if cdn is None or leaf.status >= 400:
        return headers
    lasting = not leaf.stale and leaf.fresh_at(time.time() + LIFE_SECONDS)
    own = cdn.marks(key_of(leaf.path)) + (cdn.life() if lasting else ())
    names = {name for name, _ in own}
    return (*(header for header in headers if header[0] not in names), *own)


@cache
def _make(
    kind: str, identity: str, token: str, purge_by: str, soft: bool, urls: tuple[str, ...], base_url: str
) -> Cdn | None:
    by_address = purge_by == "address"
    if kind == "fastly":
        return fastly.Fastly(service=identity, token=token, soft=soft, api=(*urls, fastly.API)[0])
    if kind == "cloudflare":
        api = (*urls, cloudflare.API)[0]
        return cloudflare.Cloudflare(zone=identity, token=token, base_url=base_url, by_address=by_address, api=api)
    if kind == "cloudfront":
        return CloudFront(distribution=identity, by_address=by_address, api=(*urls, "")[0])
    return Varnish(caches=urls, soft=soft, token=token) if kind == "varnish" else None
