"""What every CDN can be asked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Protocol

Headers = tuple[tuple[str, str], ...]

SITE = "site"
"""The key that every page carries: purged when everything changes."""
LIFE_SECONDS = 7 * 86_400
"""How long a CDN may keep a page. Purges are exact; this bounds the harm of one that the CDN itself loses."""
STALE_SECONDS = 86_400
"""How long it may serve a page when the site does not answer."""


class Cdn(Protocol):
    """A CDN as the press sees it."""

    batch: ClassVar[int]
    """Most pages it takes in one call."""
    echoes: ClassVar[bool]
    """Whether a purge is repeated after some seconds: an answer that was on its way while the first purge ran is then
    forgotten too."""

    def marks(self, key: str) -> Headers:
        """Headers by which it knows a page again."""

    def life(self) -> Headers:
        """Headers that let it keep a page long."""

    def purge(self, paths: Sequence[str]) -> None:
        """Forget some addresses.

        Raises:
            CdnBusy: it could not be asked just now.
            CdnRefused: it does not accept what we ask.
        """

    def purge_everything(self) -> None:
        """Forget all pages of the site. Raises as ``purge``."""
