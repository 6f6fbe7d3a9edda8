"""`clean_html`: an allow-list applied by nh3 (html5ever's parser, so what a browser would see is what is judged).

Cleaning is repeated until nothing changes any more: that is what makes it idempotent, and it is why the sanitiser
always has the last word. Should a text never come to rest, its plain words are kept instead.
"""

from __future__ import annotations

import html
import re

import nh3

from broadsheet.wire.cleaning import allowed
from broadsheet.wire.cleaning.links import absolute
from broadsheet.wire.cleaning.text import plain_text
from broadsheet.wire.cleaning.tree import pruned

#: Characters of HTML that one report may have; more is kept as plain words, cut here.
LONGEST = 1_000_000
_ROUNDS = 6
_HEADING = re.compile(r"<(/?)h([156])(?=[\s>/])", re.IGNORECASE)
_NUMBERS = {"width", "height", "colspan", "rowspan", "start"}
_ADDRESSES = {"href", "src"}


def clean_html(markup: str, base_url: str) -> str:
    """The HTML of a report, safe to publish and freed of trackers, pixels and its source's furniture.

    Args: markup, HTML of any kind; base_url, what relative addresses are relative to (may be "").
    Returns: HTML of the tags in `allowed.TAGS`. clean_html(clean_html(x, b), b) == clean_html(x, b).
    """
    if len(markup) > LONGEST:
        return _as_paragraph(plain_text(markup[:LONGEST]))
    safe = _sanitised(markup, base_url)
    for _ in range(_ROUNDS):
        try:
            again = _sanitised(pruned(safe), base_url) if safe else ""
        except ValueError:
            break
        if again == safe:
            return safe
        safe = again
    return _as_paragraph(plain_text(safe))


def _sanitised(markup: str, base_url: str) -> str:
    def attribute(tag: str, name: str, value: str) -> str | None:
        if name in _ADDRESSES:
            return absolute(value, base_url) or None
        if name in _NUMBERS:
            digits = value.strip().removesuffix("px")
            return digits if digits.isascii() and digits.isdigit() and len(digits) < 6 else None
        return value

    return nh3.clean(
        _HEADING.sub(_nested, markup.replace("\x00", "")),
        tags=allowed.TAGS,
        clean_content_tags=allowed.WITH_CONTENT,
        attributes=allowed.ATTRIBUTES,
        attribute_filter=attribute,
        url_schemes=allowed.SCHEMES,
        link_rel="noopener noreferrer nofollow",
    ).strip()


def _nested(heading: re.Match[str]) -> str:
    """A page has one title of its own: a report's h1 becomes h2, and what lies deeper than h4 becomes h4."""
    return f"<{heading[1]}h{2 if heading[2] == '1' else 4}"


def _as_paragraph(text: str) -> str:
    """Plain words as one paragraph, written as the sanitiser would write them."""
    return nh3.clean(f"<p>{html.escape(text, quote=False)}</p>", tags={"p"}, attributes={}) if text else ""


def without_pictures(safe: str) -> str:
    """Cleaned HTML without its pictures and their captions. Args: safe, what `clean_html` returned."""
    if "<img" not in safe:
        return safe
    bare = nh3.clean(
        safe,
        tags=allowed.TAGS - {"img", "figure", "figcaption"},
        clean_content_tags={"figcaption"},
        attributes=allowed.ATTRIBUTES,
        link_rel="noopener noreferrer nofollow",
    )
    return clean_html(bare, "")
