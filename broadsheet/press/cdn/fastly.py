"""Fastly: purging by surrogate key (https://www.fastly.com/documentation/reference/api/purging/)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from broadsheet.press.cdn.keys import key_of
from broadsheet.press.cdn.sending import send
from broadsheet.press.cdn.values import LIFE_SECONDS, SITE, STALE_SECONDS, Headers

API = "https://api.fastly.com"


@dataclass(frozen=True, kw_only=True)
class Fastly:
    """A Fastly service."""

    service: str
    """Its id."""
    token: str
    """An API token with the scope ``purge_select``."""
    soft: bool = False
    """Mark pages stale instead of removing them."""
    api: str = API
    """Where its interface is."""

    batch: ClassVar[int] = 256
    echoes: ClassVar[bool] = True

    def marks(self, key: str) -> Headers:
        return (("Surrogate-Key", f"{key} {SITE}"),)

    def life(self) -> Headers:
        return (("Surrogate-Control", f"max-age={LIFE_SECONDS}, stale-if-error={STALE_SECONDS}"),)

    def purge(self, paths: Sequence[str]) -> None:
        self._purge([key_of(path) for path in paths])

    def purge_everything(self) -> None:
        # By the key that all pages carry: unlike purge_all it may be soft, and it leaves pictures and styles alone.
        self._purge([SITE])

    def _purge(self, keys: list[str]) -> None:
        headers = {"Fastly-Key": self.token, "Accept": "application/json"}
        if self.soft:
            headers["Fastly-Soft-Purge"] = "1"
        send("POST", f"{self.api}/service/{self.service}/purge", headers=headers, json={"surrogate_keys": keys})
