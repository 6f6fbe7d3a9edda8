"""The key a page carries for CDNs. Pure."""

from __future__ import annotations

import hashlib
from functools import lru_cache


@lru_cache(maxsize=8192)
def key_of(path: str) -> str:
    """The key of an address: short, lower case, without characters that any CDN gives a meaning."""
    return "p" + hashlib.blake2b(path.encode(), digest_size=10).hexdigest()
