"""Plain words out of whatever a feed put in a field for plain words."""

from __future__ import annotations

import html
import re
from urllib.parse import urljoin, urlsplit

_TAG = re.compile(r"</?[a-zA-Z!][^<>]*>")
_SPACE = re.compile(r"\s+")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u2060\ufeff\ud800-\udfff]")


#: Longer addresses are no addresses of reports.
LONGEST_ADDRESS = 2_000


def words(value: object, limit: int = 1_000) -> str:
    """One line of plain text: entities undone, tags and control characters dropped, at most `limit` characters."""
    text = str(value or "")[: limit * 8]
    if "&" in text or "<" in text:
        text = html.unescape(_TAG.sub("", text))
        text = _TAG.sub("", text) if "<" in text else text
    return _SPACE.sub(" ", _CONTROL.sub("", text)).strip()[:limit]


def plain(text: object) -> str:
    """A text of many lines without the characters that no database keeps."""
    return _CONTROL.sub("", str(text or ""))


def address(value: object, base: str) -> str:
    """An absolute http or https address, or "" when the value is none."""
    written = _CONTROL.sub("", str(value or "")).strip()
    if not written:
        return ""
    try:
        joined = urljoin(base, written)
        parts = urlsplit(joined)
    except ValueError:
        return ""
    joined = joined.replace(" ", "%20")
    return joined if parts.scheme in ("http", "https") and parts.netloc and len(joined) <= LONGEST_ADDRESS else ""
