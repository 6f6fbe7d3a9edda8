"""When two entries are the same report."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import urlsplit, urlunsplit

from broadsheet.wire.cleaning import without_trackers

_WORD = re.compile(r"\w+")
#: Fewer words than this are alike too often to prove anything.
FEWEST_WORDS = 20
_INDEX = re.compile(r"/(?:index\.(?:html?|php)|amp/?)$", re.IGNORECASE)


def canonical(url: str) -> str:
    """An address in the form in which two ways of writing it are equal.

    https, host in lower case without default port, no fragment, no trackers, query sorted, no trailing slash, no
    /amp or index.html at the end. "" stays "".
    """
    if not url:
        return ""
    try:
        parts = urlsplit(without_trackers(url))
        host, port = (parts.hostname or "").lower(), parts.port
    except ValueError:
        return url
    netloc = host if port in (None, 80, 443) else f"{host}:{port}"
    path = _INDEX.sub("", parts.path).rstrip("/")
    query = "&".join(sorted(pair for pair in parts.query.split("&") if pair))
    return urlunsplit(("https", netloc, path, query, ""))[:2000]


def fingerprint(text: str) -> str:
    """A mark that two texts share when they have the same words in the same order; "" for a text too short to tell.

    Case, punctuation and space do not count.
    """
    words = _WORD.findall(text.lower())
    if len(words) < FEWEST_WORDS:
        return ""
    return hashlib.blake2b(" ".join(words).encode(), digest_size=16).hexdigest()
