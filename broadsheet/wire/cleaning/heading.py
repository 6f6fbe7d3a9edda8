"""A report's title stands above its body already; pages repeat it in the body's first line."""

from __future__ import annotations

import re

from broadsheet.wire.cleaning.text import plain_text

_FIRST_BLOCK = re.compile(r"\s*<(p|h2|h3|h4)>(.{1,2000}?)</\1>\s*", re.DOTALL)
_SAME = re.compile(r"\W+")


def without_title(safe: str, title: str) -> str:
    """Cleaned HTML without a first block that only repeats the title. Args: safe, what `clean_html` returned."""
    first = _FIRST_BLOCK.match(safe)
    if first is None or not title or "<img" in first[2]:
        return safe
    return safe[first.end() :] if _words(plain_text(first[2])) == _words(title) else safe


def _words(text: str) -> str:
    return _SAME.sub(" ", text.lower()).strip()
