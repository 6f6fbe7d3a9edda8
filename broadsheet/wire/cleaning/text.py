"""The words of a report without its markup."""

from __future__ import annotations

import html
import re

import nh3

from broadsheet.wire.cleaning import allowed

_BREAK = re.compile(
    r"</(?:p|h\d|li|blockquote|figcaption|tr|dd|dt|pre|caption)>|<(?:br|hr)\s*/?>"
    r"|</?(?:ul|ol|dl|table|figure|div|section|article|header|footer|main)\b[^>]*>",
    re.IGNORECASE,
)
_CELL = re.compile(r"</t[dh]>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")
_INNER_SPACE = re.compile(r"[^\S\n]{2,}|[^\S\n ]")
_LINES = re.compile(r"\s*\n\s*")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_BLOCKS = {"p", "h2", "h3", "li", "blockquote", "figcaption", "tr", "td", "th", "br", "div", "pre", "dd", "dt"}


def plain_text(markup: str) -> str:
    """The words, one line for each paragraph, entities undone, no markup at all."""
    if "<" not in markup and "&" not in markup:
        return _INNER_SPACE.sub(" ", _LINES.sub("\n", markup)).strip()
    kept = nh3.clean(markup, tags=_BLOCKS, clean_content_tags=allowed.WITH_CONTENT, attributes={}, link_rel=None)
    flat = _INNER_SPACE.sub(" ", kept.replace("\n", " "))
    broken = _CELL.sub(" ", _BREAK.sub("\n", flat))
    text = html.unescape(_TAG.sub("", broken))  # nh3 has left no attributes, and no < but of a tag
    return _LINES.sub("\n", _INNER_SPACE.sub(" ", text)).strip()


def word_count(text: str) -> int:
    """How many words a plain text has."""
    return len(_WORD.findall(text))
