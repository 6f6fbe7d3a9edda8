"""Leaves: one rendered address each, in every encoding it is served in."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass

import brotli
import zstandard

SMALLEST_ENCODED = 400
"""Bytes below which compressing saves nothing on the wire."""


@dataclass(frozen=True, kw_only=True)
class Leaf:
    """One rendered address."""

    path: str
    """The address's path, percent-encoded as asked for."""
    status: int
    """HTTP status."""
    headers: tuple[tuple[str, str], ...]
    """Headers of every variant, without ETag, Content-Encoding and Content-Length."""
    etag: str
    """Hash of the identity body, without quotes."""
    bodies: dict[str, bytes]
    """Body by content coding: ``identity`` always, ``gzip``, ``br`` and ``zstd`` where they are smaller."""
    stale: bool = False
    """A key of it has been purged since it was rendered."""
    expires: float | None = None
    """Unix time at which it changes by itself; None for never."""

    def fresh_at(self, now: float) -> bool:
        """Whether it is still what a render would give."""
        return not self.stale and (self.expires is None or now < self.expires)


@dataclass(frozen=True, kw_only=True)
class Status:
    """What the edition knows of one leaf, for those who ask why."""

    path: str
    """The address."""
    status: int
    """HTTP status."""
    etag: str
    """Hash of the body."""
    rendered_at: float
    """Unix time of the last rendering."""
    render_ms: float
    """How long it took."""
    renders: int
    """How often it was rendered."""
    stale_since: float | None
    """Unix time of the purge that made it stale; None if it is fresh."""
    stale_key: str
    """The key of that purge."""
    expires: float | None
    """When it changes by itself."""
    error: str
    """Why the last rendering failed; empty if it did not."""
    sizes: dict[str, int]
    """Bytes by content coding."""


def make_leaf(path: str, status: int, headers: tuple[tuple[str, str], ...], body: bytes, expires: float | None) -> Leaf:
    """A leaf with its encodings made once. Quality 5 for Brotli and 12 for zstd: the best size for the time."""
    bodies = {"identity": body}
    if len(body) >= SMALLEST_ENCODED and _compressible(dict(headers).get("Content-Type", "")):
        bodies["gzip"] = gzip.compress(body, 9, mtime=0)
        bodies["br"] = brotli.compress(body, quality=5)
        bodies["zstd"] = zstandard.ZstdCompressor(level=12).compress(body)
        bodies = {coding: data for coding, data in bodies.items() if coding == "identity" or len(data) < len(body)}
    etag = hashlib.blake2b(body, digest_size=12).hexdigest()
    return Leaf(path=path, status=status, headers=headers, etag=etag, bodies=bodies, expires=expires)


def _compressible(content_type: str) -> bool:
    kind = content_type.partition(";")[0].strip()
    return kind.startswith("text/") or kind.endswith(("xml", "json", "javascript"))
