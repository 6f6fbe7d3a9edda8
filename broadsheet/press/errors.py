"""Errors of the press.

PressError
├── RenderFailed       a page could not be rendered
├── MainsAway          the main database does not answer
├── UnnamedList        a page read a list without naming it, so nobody could purge it
├── HistoryError       the history cannot do what was asked
│   ├── NoSuchMoment   what was written is neither a snapshot nor a time
│   ├── NotKept        the moment lies before what the history keeps, or is still to come
│   └── NameTaken      a snapshot of that name exists
└── CdnError           the CDN was not told of a change; it will be
    ├── CdnBusy        it could not be asked just now
    └── CdnRefused     it does not accept what we ask
"""

from __future__ import annotations


class PressError(Exception):
    """Something that keeps a page from being printed, shown or brought to readers."""


class RenderFailed(PressError):
    """A page's view answered with a server error."""

    def __init__(self, *, path: str, cause: str) -> None:
        self.path = path
        super().__init__(f"{path} could not be rendered: {cause}. The page as last printed goes on being served.")


class MainsAway(PressError):
    """What was asked for needs the main database, which does not answer."""

    def __init__(self) -> None:
        super().__init__("The main database does not answer. Look at its server; all catches up when it is back.")


class UnnamedList(PressError):
    """A list was read outside ``newsroom.reads.reading``."""

    def __init__(self, *, sql: str) -> None:
        self.sql = sql
        super().__init__(f"A page ran a list query that named no key; read it inside reading(...): {sql[:300]}")


class HistoryError(PressError):
    """The history cannot do what was asked."""


class NoSuchMoment(HistoryError):
    """What was written is neither a snapshot nor a time."""

    def __init__(self, *, text: str) -> None:
        self.text = text
        super().__init__(
            f"{text!r} is neither a snapshot (see `press list`) nor a time such as 08:00 or 2025-06-09 08:00."
        )


class NotKept(HistoryError):
    """A moment that the history cannot show whole."""

    def __init__(self, *, moment: str, since: str) -> None:
        self.moment = moment
        super().__init__(f"{moment} is not kept: the history goes from {since} to now, and to the snapshots before it.")


class NameTaken(HistoryError):
    """A snapshot of that name exists."""

    def __init__(self, *, name: str) -> None:
        self.name = name
        super().__init__(f"There is a snapshot {name!r} already: choose another name, or drop it first.")


class CdnError(PressError):
    """The CDN was not told of a change; the change stays queued."""


class CdnBusy(CdnError):
    """It could not be asked just now."""

    def __init__(self, *, url: str, cause: str, pause: float = 0.0) -> None:
        self.url = url
        self.pause = pause
        """Seconds it asked us to wait; 0 if it did not say."""
        super().__init__(f"The CDN could not be told of changed pages at {url}: {cause}.")


class CdnRefused(CdnError):
    """It does not accept what we ask."""

    def __init__(self, *, url: str, cause: str) -> None:
        self.url = url
        super().__init__(
            f"The CDN refuses purges at {url}: {cause}. Look at cdn_id and cdn_token; until then it serves old pages."
        )
