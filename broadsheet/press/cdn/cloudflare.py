"""Cloudflare: purging by cache tag or by address (https://developers.cloudflare.com/cache/how-to/purge-cache/)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

from broadsheet.press.cdn.keys import key_of
from broadsheet.press.cdn.sending import send
from broadsheet.press.cdn.values import LIFE_SECONDS, SITE, STALE_SECONDS, Headers
from broadsheet.press.errors import CdnRefused

API = "https://api.cloudflare.com/client/v4"


@dataclass(frozen=True, kw_only=True)
class Cloudflare:
    """A Cloudflare zone."""

    zone: str
    """Its id."""
    token: str
    """An API token with the permission Zone, Cache Purge."""
    base_url: str
    """The public address of the site."""
    by_address: bool = False
    """Purge addresses instead of tags: small plans may do more of them."""
    api: str = API
    """Where its interface is."""

    batch: ClassVar[int] = 100
    echoes: ClassVar[bool] = True

    def marks(self, key: str) -> Headers:
        return (("Cache-Tag", f"{key},{SITE}"),)

    def life(self) -> Headers:
        return (("Cloudflare-CDN-Cache-Control", f"max-age={LIFE_SECONDS}, stale-if-error={STALE_SECONDS}"),)

    def purge(self, paths: Sequence[str]) -> None:
        if self.by_address:
            self._purge({"files": [self.base_url + path for path in paths]})
        else:
            self._purge({"tags": [key_of(path) for path in paths]})

    def purge_everything(self) -> None:
        self._purge({"purge_everything": True} if self.by_address else {"tags": [SITE]})

    def _purge(self, what: dict[str, Any]) -> None:
        url = f"{self.api}/zones/{self.zone}/purge_cache"
        text = send("POST", url, headers={"Authorization": f"Bearer {self.token}"}, json=what)
        if not _succeeded(text):
            raise CdnRefused(url=url, cause=f"it answered {text[:200]}")


def _succeeded(text: str) -> bool:
    try:
        answer = json.loads(text)
    except ValueError:
        return False
    return isinstance(answer, dict) and answer.get("success") is True
