"""Leaves: one rendered address each, in every encoding it is served in."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass, field

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
    marks: dict[str, str] = field(default_factory=dict)
    """What sets apart the entity tag of a variant that was packed again, by coding."""
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
    """A leaf with its encodings made once. Quality 7 for Brotli and 12 for zstd: the best size for the time."""
    bodies = {"identity": body}
    if len(body) >= SMALLEST_ENCODED and _compressible(dict(headers).get("Content-Type", "")):
        bodies["gzip"] = gzip.compress(body, 9, mtime=0)
        bodies["br"] = brotli.compress(body, quality=7)
        bodies["zstd"] = zstandard.ZstdCompressor(level=12).compress(body)
        bodies = {coding: data for coding, data in bodies.items() if coding == "identity" or len(data) < len(body)}
    return Leaf(path=path, status=status, headers=headers, etag=tag_of(body), bodies=bodies, expires=expires)


def tag_of(body: bytes) -> str:
    """The entity tag of a body, without quotes."""
    return hashlib.blake2b(body, digest_size=12).hexdigest()


def stored(leaf: Leaf) -> dict[str, bytes]:
    """The bodies that are kept: the plain one can be had from a packed one, for the few who ask for it."""
    if "zstd" not in leaf.bodies:
        return leaf.bodies
    return {coding: body for coding, body in leaf.bodies.items() if coding != "identity"}


def restored(bodies: dict[str, bytes]) -> dict[str, bytes]:
    """The bodies of ``stored`` with the plain one."""
    if "identity" in bodies or "zstd" not in bodies:
        return bodies
    return {"identity": zstandard.ZstdDecompressor().decompress(bodies["zstd"]), **bodies}


def pack_tighter(plain: bytes) -> bytes:
    """Brotli at its best (11): a fifth of a second for a page, which is why it is done later, by a job."""
    return brotli.compress(plain, quality=11)


def _compressible(content_type: str) -> bool:
    kind = content_type.partition(";")[0].strip()
    return kind.startswith("text/") or kind.endswith(("xml", "json", "javascript"))
