"""What the history holds. Moments are whole microseconds of Unix time."""

from __future__ import annotations

from dataclasses import dataclass

Micros = int


@dataclass(frozen=True, kw_only=True)
class Version:
    """What an address showed from a moment on."""

    path: str
    """The address, percent-encoded."""
    at: Micros
    """When it was printed."""
    status: int
    """HTTP status; 404 when the address had stopped leading to a page."""
    etag: str
    """Hash of the body, without quotes; empty when it was gone."""
    born: Micros | None
    """When what stands there was first published, where that is known: before it, the address led nowhere."""

    @property
    def gone(self) -> bool:
        """Whether the address no longer led to a page."""
        return not self.etag


@dataclass(frozen=True, kw_only=True)
class Snapshot:
    """A moment that was given a name; its pages are kept until it is dropped."""

    name: str
    """Its name."""
    at: Micros
    """The moment."""
    who: str
    """Who took it."""
    why: str
    """What for."""


@dataclass(frozen=True, kw_only=True)
class Pin:
    """The moment that readers are shown instead of the newest pages."""

    at: Micros
    """The moment."""
    why: str
    """Who rolled back, and what for."""
    since: Micros
    """When that was."""
