"""What readers are shown while the edition is rolled back."""

from __future__ import annotations

from dataclasses import replace

from broadsheet.press.edition import Edition, Leaf
from broadsheet.press.edition.file import Mark
from broadsheet.press.history.decide import Verdict
from broadsheet.press.history.store import History
from broadsheet.press.history.values import Micros, Version

MISSING = "/404.html"
"""The address under which the page for what is not there is printed, kept and exported."""


class RolledBack:
    """The pin, as one serving thread sees it."""

    def __init__(self, history: History, edition: Edition) -> None:
        self.history = history
        self.edition = edition
        self._seen: Mark | None = None
        self._moment: Micros | None = None

    def moment(self, version: Mark) -> Micros | None:
        """The moment to show; None for the newest. Looked up again when the edition's version has changed."""
        if version != self._seen:
            pin = self.history.pin()
            self._moment, self._seen = (pin.at if pin else None), version
        return self._moment

    def leaf(self, path: str, moment: Micros) -> tuple[Verdict, Leaf | None]:
        """What an address showed, ready to be served; for one that led nowhere, the page that says so."""
        verdict, version = self.history.at(path, moment)
        if version is not None:
            return verdict, self._ready(version)
        if verdict is Verdict.UNKNOWN or path == MISSING:
            return verdict, None
        _, page = self.leaf(MISSING, moment)
        return verdict, not_found(path, page)

    def _ready(self, version: Version) -> Leaf:
        """A version with its encodings: those of the edition if the page has not changed since."""
        kept = self.edition.get(version.path)
        if kept is None or kept.etag != version.etag or kept.headers != self.history.headers(version):
            return self.history.leaf(version)
        return replace(kept, stale=False, expires=None)


def not_found(path: str, page: Leaf | None) -> Leaf:
    """The answer 404 for an address, looking like the paper if its page for that was ever printed."""
    if page is None:
        plain = (("Content-Type", "text/plain; charset=utf-8"), ("Cache-Control", "no-store"))
        body = b"There is no page at this address.\n"
        return Leaf(path=path, status=404, headers=plain, etag="404", bodies={"identity": body})
    kept = tuple((name, value) for name, value in page.headers if name != "Cache-Control")
    return replace(page, path=path, status=404, headers=(*kept, ("Cache-Control", "no-store")))
