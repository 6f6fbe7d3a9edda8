"""Addresses that a printed leaf leads to: what readers and crawlers can reach from it. Pure."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from urllib.parse import quote, unquote, urljoin, urlsplit

SAFE_PATH = "/-._~!$&'()*+,;=:@"
_ATTRIBUTE = re.compile(r"""\b(?:href|src|poster)=(?:"([^"]*)"|'([^']*)')""")
_SET = re.compile(r"""\b(?:imagesrcset|srcset)=(?:"([^"]*)"|'([^']*)')""")
_URL = re.compile(r"""url\(\s*["']?([^"')]+)""")


def links(body: bytes, path: str, base_url: str) -> set[str]:
    """Paths on this site that a page, feed or sitemap names, percent-encoded as leaves are.

    Args:
        body: its bytes, without coding.
        path: its own address.
        base_url: the site's public address.
    """
    text = unescape(body.decode("utf-8", "replace"))
    found = {one or other for one, other in _ATTRIBUTE.findall(text)} | set(_URL.findall(text))
    for one, other in _SET.findall(text):
        found |= {candidate.split()[0] for candidate in (one or other).split(",") if candidate.strip()}
    found |= set(_whole(base_url).findall(text))
    here = urljoin(base_url, path)
    return {found_path for link in found if (found_path := _path(link.strip(), here, base_url))}


@lru_cache(maxsize=4)
def _whole(base_url: str) -> re.Pattern[str]:
    return re.compile(re.escape(base_url) + r"""/[^\s"'<>\\)]*""")


def _path(link: str, here: str, base_url: str) -> str | None:
    try:
        target, home = urlsplit(urljoin(here, link)), urlsplit(base_url)
    except ValueError:
        return None
    if (target.scheme, target.netloc) != (home.scheme, home.netloc):
        return None
    return quote(unquote(target.path), safe=SAFE_PATH) or "/"
