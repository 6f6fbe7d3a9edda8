"""Pruning a report whose markup is already safe: pixels, source artefacts, and what they leave empty."""

from __future__ import annotations

from lxml import html as lxml_html
from lxml.etree import ParserError
from lxml.html import HtmlElement

from broadsheet.wire.cleaning.allowed import EMPTY_GOES
from broadsheet.wire.cleaning.artefacts import LONGEST, is_artefact
from broadsheet.wire.cleaning.pixels import is_pixel

_BLOCKS = {"p", "h2", "h3", "h4", "li", "blockquote", "figcaption", "td", "dd", "small", "ul", "ol", "pre"}
_KEEPS = {"img", "br", "hr", "td", "th", "table"}
_HOLDERS = ("img", "table", "hr")


def pruned(safe: str) -> str:
    """The same HTML without pixels, artefacts and empty elements.

    Args: safe, HTML as the sanitiser wrote it.
    Raises: ValueError when lxml cannot take it (nested too deep).
    """
    try:
        root = lxml_html.fragment_fromstring(safe, create_parent="div")
    except (ParserError, AssertionError) as error:
        raise ValueError(str(error)) from error
    for element in reversed(list(root.iter())):  # innermost first: an emptied child empties its parent
        if element is not root and isinstance(element.tag, str) and _goes(element):
            _drop(element)
    _drop_loose_artefacts(root)
    _wrap_loose_text(root)
    written = lxml_html.tostring(root, encoding="unicode")
    return written.removeprefix("<div>").removesuffix("</div>")


def _goes(element: HtmlElement) -> bool:
    if element.tag == "img":
        return is_pixel(element.attrib)
    if element.tag not in EMPTY_GOES and element.tag not in _BLOCKS:
        return False
    if len(element) and any(next(element.iter(holder), None) is not None for holder in _HOLDERS):
        return False
    text = _short_text(element)
    if text is None:
        return False
    if not text.strip():
        return element.tag in EMPTY_GOES and not (len(element) and element.tag in _KEEPS)
    return element.tag in _BLOCKS and is_artefact(text)


def _short_text(element: HtmlElement) -> str | None:
    parts, size = [], 0
    for part in element.itertext():
        size += len(part)
        if size > LONGEST * 2:
            return None  # too long to be empty or an artefact
        parts.append(part)
    return "".join(parts)


def _drop(element: HtmlElement) -> None:
    parent, before = element.getparent(), element.getprevious()
    tail = element.tail or ""
    if before is not None:
        before.tail = (before.tail or "") + tail
    elif parent is not None:
        parent.text = (parent.text or "") + tail
    if parent is not None:
        element.tail = None
        parent.remove(element)


def _drop_loose_artefacts(root: HtmlElement) -> None:
    if root.text and is_artefact(root.text):
        root.text = ""
    for child in root:
        if child.tail and is_artefact(child.tail):
            child.tail = ""


_INLINE = {"a", "em", "strong", "b", "i", "u", "s", "sub", "sup", "small", "abbr", "time", "q", "cite", "code"}


def _wrap_loose_text(root: HtmlElement) -> None:
    """Two line breaks between loose words are a paragraph's end; in a body of blocks, loose words get a paragraph."""
    children = list(root)
    if not any(child.tag in ("p", "h2", "h3", "h4", "ul", "ol", "blockquote", "figure", "table") for child in children):
        if not any(child.tag == "br" for child in children):
            return
    elif not (root.text or "").strip() and not any(
        (child.tail or "").strip() or child.tag in _INLINE for child in children
    ):
        return
    _paragraphs(root, children)


def _paragraphs(root: HtmlElement, children: list[HtmlElement]) -> None:
    loose = _Loose(root.text or "")
    root.text = None
    for child in children:
        root.remove(child)
    for at, child in enumerate(children):
        tail, child.tail = child.tail or "", None
        following = children[at + 1] if at + 1 < len(children) else None
        if child.tag == "br" and not tail.strip() and following is not None and following.tag == "br":
            loose.end(root)
        elif child.tag in _INLINE or child.tag in ("br", "img"):
            loose.add(child)
            loose.write(tail)
            continue
        else:
            loose.end(root)
            root.append(child)
        loose.write(tail)
    loose.end(root)


class _Loose:
    """Words and inline elements that wait for their paragraph."""

    def __init__(self, text: str) -> None:
        self._paragraph = lxml_html.Element("p")
        self._paragraph.text = text

    def add(self, element: HtmlElement) -> None:
        self._paragraph.append(element)

    def write(self, text: str) -> None:
        if len(self._paragraph):
            self._paragraph[-1].tail = (self._paragraph[-1].tail or "") + text
        else:
            self._paragraph.text = (self._paragraph.text or "") + text

    def end(self, root: HtmlElement) -> None:
        paragraph = self._paragraph
        for edge in (0, -1):
            while len(paragraph) and paragraph[edge].tag == "br" and not _beside(paragraph, edge).strip():
                _drop(paragraph[edge])
        if "".join(paragraph.itertext()).strip() or paragraph.find(".//img") is not None:
            root.append(paragraph)
        self._paragraph = lxml_html.Element("p")


def _beside(paragraph: HtmlElement, edge: int) -> str:
    return (paragraph.text or "") if edge == 0 else (paragraph[-1].tail or "")
