"""What a page says about itself in JSON-LD (schema.org NewsArticle) and in its head."""

from __future__ import annotations

import html
import json
from collections.abc import Iterator, Mapping
from typing import Any

from lxml.html import HtmlElement

from broadsheet.wire.formats.wording import plain, words

_ARTICLES = {"article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "blogposting", "report"}
_MOST = 200


def article(page: HtmlElement) -> Mapping[str, Any]:
    """The page's article object from its JSON-LD, or an empty mapping."""
    found: list[Mapping[str, Any]] = []
    for script in page.iter("script"):
        if script.get("type", "").strip().lower() == "application/ld+json":
            found.extend(_articles(script.text_content() or ""))
    return max(found, key=lambda one: len(str(one.get("articleBody", ""))), default={})


def _articles(text: str) -> Iterator[Mapping[str, Any]]:
    try:
        waiting = [json.loads(text.strip().rstrip(";"), strict=False)]
    except (ValueError, RecursionError):
        return
    for _ in range(_MOST):
        if not waiting:
            return
        node = waiting.pop()
        if isinstance(node, list):
            waiting.extend(node)
        elif isinstance(node, Mapping):
            if _types(node) & _ARTICLES:
                yield node
            waiting.extend(node[key] for key in ("@graph", "mainEntity", "itemListElement") if key in node)


def _types(node: Mapping[str, Any]) -> set[str]:
    kinds = node.get("@type")
    return {str(kind).lower() for kind in (kinds if isinstance(kinds, list) else [kinds])}


def body(found: Mapping[str, Any]) -> str:
    """The articleBody as paragraphs of HTML, or ""."""
    text = plain(html.unescape(str(found.get("articleBody") or "")))
    if "<p" in text.lower():
        return text
    lines = [line.strip() for line in text.replace("\r", "\n").split("\n")]
    return "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in lines if line)


def names(value: Any) -> tuple[str, ...]:
    """Names of people out of an author property: a name, an object, or a list of them; no organisations."""
    found = []
    for author in value if isinstance(value, list) else [value]:
        if isinstance(author, Mapping):
            if "organization" in _types(author):
                continue
            author = author.get("name")
        for name in author if isinstance(author, list) else [author]:
            if isinstance(name, str) and words(name) and not words(name).startswith("http"):
                found.append(words(name, 200))
    return tuple(dict.fromkeys(found))


def image(value: Any) -> str:
    """The first address out of an image property, or ""."""
    while isinstance(value, list) and value:
        value = value[0]
    if isinstance(value, Mapping):
        value = value.get("url") or value.get("contentUrl")
    return value if isinstance(value, str) else ""


def meta(page: HtmlElement) -> dict[str, str]:
    """The head's meta elements by property or name, the first of each."""
    found: dict[str, str] = {}
    for element in page.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.lower(), content)
    return found


def link(page: HtmlElement, relation: str) -> str:
    """The address of the first link element with this relation, or ""."""
    for element in page.iter("link"):
        if relation in (element.get("rel") or "").lower().split():
            return element.get("href") or ""
    return ""
