"""A comment's text as HTML: paragraphs, emphasis, links, quotations, lists, code. Pure.

Markdown without its HTML, pictures and headings (CommonMark 0.31); what comes out goes through the one sanitiser like
everything else that came from outside.
"""

from __future__ import annotations

import re
from functools import cache

from markdown_it import MarkdownIt

from broadsheet.wire.cleaning import clean_html, plain_text

LONGEST = 4000
"""Characters of a comment."""
RULES = ["emphasis", "link", "autolink", "backticks", "blockquote", "list", "newline", "escape", "entity"]
_TO_LINK = re.compile(r"(?<![\w<(\[\"'`/=])(https?://[^\s<>()\[\]\"'`]+[^\s<>()\[\]\"'`.,;:!?])")
_A = re.compile(r"<a [^>]*>")
_HREF = re.compile(r'href="([^"]*)"')
_LINK = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


def rendered(text: str, base_url: str) -> str:
    """The comment as it is shown.

    Args:
        text: as written; LONGEST characters are read.
        base_url: the paper's, for the sanitiser.
    Returns:
        Sanitised HTML, every link marked as a reader's (rel="nofollow ugc noopener").
    """
    linked = _TO_LINK.sub(r"<\1>", text[:LONGEST].replace("\r\n", "\n"))
    return _A.sub(_readers_link, clean_html(_parser().render(linked), base_url))


def plain(html: str) -> str:
    """A comment's words without markup, for mails and moderators' lists."""
    return plain_text(html)


def count_links(text: str) -> int:
    """Addresses in a comment, written out or behind words."""
    return len(_LINK.findall(text))


@cache
def _parser() -> MarkdownIt:
    return MarkdownIt("zero", {"breaks": True, "html": False, "linkify": False}).enable(RULES)


def _readers_link(tag: re.Match[str]) -> str:
    found = _HREF.search(tag[0])
    if not found or not found[1].startswith(("https://", "http://", "mailto:")):
        return "<a>"
    return f'<a href="{found[1]}" rel="nofollow ugc noopener">'
