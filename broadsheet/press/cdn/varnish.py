"""Varnish with the module xkey: purging by key, in every cache (vmod_xkey(3); docs/how-to/use-a-cdn.md has the VCL)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from broadsheet.press.cdn.keys import key_of
from broadsheet.press.cdn.sending import send
from broadsheet.press.cdn.values import LIFE_SECONDS, SITE, Headers


@dataclass(frozen=True, kw_only=True)
class Varnish:
    """One or several Varnish caches."""

    caches: tuple[str, ...]
    """Their addresses, such as ``http://10.0.0.5:6081``."""
    soft: bool = False
    """Mark pages stale instead of removing them."""
    token: str = ""
    """Sent with each purge, for caches that ask for it besides looking at who sends."""

    batch: ClassVar[int] = 100
    echoes: ClassVar[bool] = True

    def marks(self, key: str) -> Headers:
        return (("xkey", f"{key} {SITE}"),)

    def life(self) -> Headers:
        return (("Surrogate-Control", f"max-age={LIFE_SECONDS}"),)

    def purge(self, paths: Sequence[str]) -> None:
        self._purge([key_of(path) for path in paths])

    def purge_everything(self) -> None:
        self._purge([SITE])

    def _purge(self, keys: list[str]) -> None:
        headers = {"xkey-softpurge" if self.soft else "xkey-purge": " ".join(keys)}
        if self.token:
            headers["xkey-token"] = self.token
        for cache in self.caches:
            send("PURGE", f"{cache}/", headers=headers)
