"""OPML 2.0 (opml.org/spec2.opml): lists of feeds, in and out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, indent, tostring

from defusedxml import ElementTree

from broadsheet.wire.errors import ParseError
from broadsheet.wire.formats.wording import address, words

#: An outline deeper than this is not a list of feeds.
DEEPEST = 50
_BARE_AMPERSAND = re.compile(rb"&(?!(?:#\d+|#x[0-9a-fA-F]+|amp|lt|gt|quot|apos);)")


@dataclass(frozen=True, kw_only=True)
class Outline:
    """One feed in a list."""

    #: The feed's address, absolute.
    url: str
    #: What the list calls it, or "".
    name: str = ""
    #: The site it belongs to, or "".
    site_url: str = ""
    #: The groups it stands in, outermost first.
    groups: tuple[str, ...] = ()


def read(document: bytes, name: str) -> tuple[Outline, ...]:
    """The feeds in an OPML document, each address once.

    Args: document, the bytes; name of the file, for messages.
    Raises: ParseError when it is no OPML, declares entities, or nests too deep.
    """
    try:
        root = _tree(document)
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise ParseError(name, f"it is not well-formed OPML ({error})") from error
    if root.tag.lower() != "opml":
        raise ParseError(name, "it is no OPML document")
    body = root.find("body")
    body = root if body is None else body
    found: dict[str, Outline] = {}
    waiting: list[tuple[Element, tuple[str, ...]]] = [(child, ()) for child in reversed(body)]
    while waiting:
        element, groups = waiting.pop()
        if len(groups) > DEEPEST:
            raise ParseError(name, f"its outlines nest deeper than {DEEPEST}")
        outline = _outline(element, groups)
        if outline:
            found.setdefault(outline.url, outline)
        inner = (*groups, _name(element)) if not outline and _name(element) else groups
        waiting.extend((child, inner) for child in reversed(element))
    return tuple(found.values())


def _tree(document: bytes) -> Element:
    """The document as a tree; many lists in the wild hold a bare &, which is mended before a second try."""
    try:
        return _parsed(document)
    except ElementTree.ParseError:
        return _parsed(_BARE_AMPERSAND.sub(b"&amp;", document))


def _parsed(document: bytes) -> Element:
    root: Element = ElementTree.fromstring(document, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    return root


def _outline(element: Element, groups: tuple[str, ...]) -> Outline | None:
    attributes = {key.lower(): value for key, value in element.attrib.items()}
    url = address(attributes.get("xmlurl"), "")
    if not url:
        return None
    return Outline(url=url, name=_name(element), site_url=address(attributes.get("htmlurl"), ""), groups=groups)


def _name(element: Element) -> str:
    return words(element.get("title") or element.get("text"), 200)


def write(outlines: Iterable[Outline], title: str) -> bytes:
    """An OPML 2.0 document with these feeds, grouped by their outermost group."""
    root = Element("opml", version="2.0")
    SubElement(SubElement(root, "head"), "title").text = title
    body = SubElement(root, "body")
    folders: dict[str, Element] = {}
    for outline in outlines:
        parent = body
        if outline.groups:
            group = outline.groups[0]
            if group not in folders:
                folders[group] = SubElement(body, "outline", text=group, title=group)
            parent = folders[group]
        attributes = {"type": "rss", "text": outline.name, "title": outline.name, "xmlUrl": outline.url}
        SubElement(parent, "outline", attributes | ({"htmlUrl": outline.site_url} if outline.site_url else {}))
    indent(root)
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="utf-8") + b"\n"
