"""Bodies as the history keeps them: each once, and as its difference from an earlier body of the same address.

A page that is printed anew mostly differs in a line; with the earlier body as dictionary (zstd's raw content, RFC 8878)
that costs some hundred bytes. A difference is always from a whole body, never from another difference, so reading one
takes two look-ups however long the history is.
"""

from __future__ import annotations

import gzip
import hashlib
import sqlite3

import brotli
import zstandard

from broadsheet.press.edition import Leaf

LEVEL = 9
WORTH = 0.5
"""A difference larger than this part of the earlier body, as it is kept, is not worth its second look-up."""


def plain(leaf: Leaf) -> bytes:
    """A leaf's body without content coding."""
    bodies = leaf.bodies
    if "identity" in bodies:
        return bodies["identity"]
    if "zstd" in bodies:
        return zstandard.ZstdDecompressor().decompressobj().decompress(bodies["zstd"])
    return gzip.decompress(bodies["gzip"]) if "gzip" in bodies else brotli.decompress(bodies["br"])


def digest(body: bytes) -> bytes:
    """The name of a body."""
    return hashlib.blake2b(body, digest_size=16).digest()


def keep(db: sqlite3.Connection, body: bytes, earlier: int | None) -> int:
    """Keep a body, unless it is known already.

    Args:
        db: a transaction on the history.
        body: its bytes.
        earlier: number of the body that the address showed before; None if there is none.
    Returns:
        Its number.
    """
    name = digest(body)
    known = db.execute("SELECT id FROM body WHERE hash = ?", (name,)).fetchone()
    if known:
        return int(known[0])
    base, data = _smallest(db, body, earlier)
    row = db.execute("INSERT INTO body (hash, base, data) VALUES (?, ?, ?) RETURNING id", (name, base, data)).fetchone()
    return int(row[0])


def read(db: sqlite3.Connection, number: int) -> bytes:
    """A body's bytes."""
    base, data = db.execute("SELECT base, data FROM body WHERE id = ?", (number,)).fetchone()
    return _unpack(data, None if base is None else read(db, base))


def _smallest(db: sqlite3.Connection, body: bytes, earlier: int | None) -> tuple[int | None, bytes]:
    if earlier is None:
        return None, _pack(body, None)
    (base,) = db.execute("SELECT coalesce(base, id) FROM body WHERE id = ?", (earlier,)).fetchone()
    (size,) = db.execute("SELECT length(data) FROM body WHERE id = ?", (base,)).fetchone()
    difference = _pack(body, read(db, base))
    return (base, difference) if len(difference) < WORTH * size else (None, _pack(body, None))


def _pack(body: bytes, base: bytes | None) -> bytes:
    return zstandard.ZstdCompressor(level=LEVEL, dict_data=_dictionary(base)).compress(body)


def _unpack(data: bytes, base: bytes | None) -> bytes:
    return zstandard.ZstdDecompressor(dict_data=_dictionary(base)).decompress(data)


def _dictionary(base: bytes | None) -> zstandard.ZstdCompressionDict | None:
    return zstandard.ZstdCompressionDict(base, dict_type=zstandard.DICT_TYPE_RAWCONTENT) if base else None
