"""From a wire item to an article's draft. Pure: values in, values out."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from lxml import html as lxml_html

from broadsheet.newsroom.rights import EXCERPT_WORDS, Rights

HEADINGS = {"h1": "2", "h2": "2", "h3": "3", "h4": "3", "h5": "3", "h6": "3"}
CONTAINERS = {"div", "section", "article", "main", "figure"}
INLINE = {"a", "em", "i", "strong", "b", "br"}
STANDFIRST_LETTERS = 300


@dataclass(frozen=True, kw_only=True)
class Draft:
    """What an item becomes before anybody has edited it."""

    title: str
    """The headline."""
    standfirst: str
    """A sentence or two of the source's summary, within its rights."""
    body: list[dict[str, Any]]
    """Blocks as a StreamField stores them."""


def draft_of(*, title: str, summary: str, body_html: str, rights: str) -> Draft:
    """What may be taken over of a report.

    Args:
        title: its headline.
        summary: its summary, as plain text or sanitised HTML.
        body_html: its text, sanitised.
        rights: a value of newsroom.rights.Rights.
    """
    plain = _plain(summary)
    if rights == Rights.HEADLINE:
        return Draft(title=title, standfirst="", body=[])
    if rights == Rights.EXCERPT:
        text = excerpt(plain or _plain(body_html), EXCERPT_WORDS)
        return Draft(title=title, standfirst="", body=[_paragraph(html.escape(text))] if text else [])
    return Draft(title=title, standfirst=standfirst(plain), body=blocks(body_html))


def suggested_slugs(section_hint: str, categories: Sequence[str]) -> list[str]:
    """Which sections a report may belong to, the likeliest first: its source's or rule's, then its own categories."""
    slugs = [section_hint, *(slugify(category) for category in categories if isinstance(category, str))]
    return [slug for slug in dict.fromkeys(slugs) if slug]


def excerpt(text: str, words: int) -> str:
    """The first words of a text, ended at a sentence where one ends in the latter half."""
    parts = text.split()
    if len(parts) <= words:
        return " ".join(parts)
    cut = " ".join(parts[: words - 1])
    end = max(cut.rfind(mark) for mark in (". ", "! ", "? "))
    return cut[: end + 1] if end > len(cut) // 2 else cut + "…"


def standfirst(text: str) -> str:
    """A text cut to a standfirst's length, at a sentence or a word."""
    if len(text) <= STANDFIRST_LETTERS:
        return text
    cut = text[:STANDFIRST_LETTERS]
    end = cut.rfind(". ")
    return cut[: end + 1] if end > STANDFIRST_LETTERS // 3 else cut[: cut.rfind(" ")] + "…"


def blocks(body_html: str) -> list[dict[str, Any]]:
    """Sanitised HTML as an article's blocks: paragraphs, headings, lists, quotations. Pictures are the editor's."""
    if not body_html.strip():
        return []
    return list(_walk(lxml_html.fragment_fromstring(body_html, create_parent="div")))


def _walk(node: Any) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    if node.text and node.text.strip():
        found.append(_paragraph(html.escape(node.text.strip())))
    for child in node:
        found += _block(child)
        if child.tail and child.tail.strip():
            found.append(_paragraph(html.escape(child.tail.strip())))
    return found


def _block(node: Any) -> list[dict[str, Any]]:
    tag = node.tag if isinstance(node.tag, str) else ""
    text = " ".join(node.text_content().split()) if tag else ""
    if not text or tag == "figcaption":
        return []
    if tag in HEADINGS:
        return [{"type": "heading", "value": {"text": text[:160], "level": HEADINGS[tag]}}]
    if tag in {"ul", "ol"}:
        items = [f"<p>{_inline(item)}</p>" for item in node.iterfind("li")]
        return [{"type": "list", "value": {"ordered": tag == "ol", "items": items}}] if items else []
    if tag == "blockquote":
        quoted = "".join(f"<p>{_inline(part)}</p>" for part in (node.findall("p") or [node]))
        return [{"type": "quotation", "value": {"text": quoted, "speaker": "", "source": "", "url": ""}}]
    if tag in CONTAINERS:
        return _walk(node)
    return [_paragraph(_inline(node))]


def _inline(node: Any) -> str:
    parts = [html.escape(node.text or "")]
    for child in node:
        inner = _inline(child)
        if child.tag == "a" and str(child.get("href", "")).startswith(("http://", "https://", "mailto:")):
            inner = f'<a href="{html.escape(child.get("href"))}">{inner}</a>'
        elif child.tag in {"em", "i"}:
            inner = f"<i>{inner}</i>"
        elif child.tag in {"strong", "b"}:
            inner = f"<b>{inner}</b>"
        elif child.tag == "br":
            inner = "<br/>"
        parts += [inner, html.escape(child.tail or "")]
    return re.sub(r"\s+", " ", "".join(parts)).strip() if node.tag not in INLINE else "".join(parts)


def _paragraph(inner: str) -> dict[str, Any]:
    return {"type": "paragraph", "value": f"<p>{inner}</p>"}


def _plain(text: str) -> str:
    if "<" not in text:
        return " ".join(html.unescape(text).split())
    return " ".join(lxml_html.fragment_fromstring(text, create_parent="div").text_content().split())
