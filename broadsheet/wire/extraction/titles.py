"""A page's title without its site's name."""

from __future__ import annotations

import re

from broadsheet.wire.formats.wording import words

_SEPARATOR = re.compile(r"\s+[|•·–—-]\s+|\s+[»«]\s+")
_TITLE_MOST = 300


def choose(*, headline: str, social: str, heading: str, element: str, site: str) -> str:
    """The title of a report.

    Args: headline from JSON-LD; social, og:title; heading, the only h1; element, the title element; site, its name.
    Returns: the likeliest one, with "| Site's name" taken off.
    """
    candidates = [words(text, _TITLE_MOST) for text in (headline, heading, social, element)]
    bare = [_without_site(text, site) for text in candidates]
    if bare[1] and bare[1] in candidates[3] and len(bare[1].split()) > 2:
        return bare[1]  # what the page shows large and its window shows too
    return next((text for text in (bare[0], bare[2], bare[1], bare[3]) if text), "")


def _without_site(title: str, site: str) -> str:
    parts = _SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    tail = parts[-1].strip().lower()
    known = site.strip().lower()
    if (known and (tail in known or known in tail)) or (len(parts[-1].split()) <= 3 < len(parts[0].split())):
        return title[: title.rindex(parts[-1])].rstrip(" |•·–—-»«")
    return title
