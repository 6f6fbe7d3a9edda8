"""Where an address lies in the tree. Pure."""

from __future__ import annotations

from urllib.parse import unquote

OWN = ".broadsheet"
"""The folder in the tree that is nobody's address: manifest, redirects, the switch."""
SUFFIXES = {"identity": "", "br": ".br", "zstd": ".zst", "gzip": ".gz"}
"""What is added to a file's name for each coding."""
LONGEST = 255 - 8
"""Bytes of a name that every file system takes, with room for a suffix."""

HTML = "text/html; charset=utf-8"
BY_NAME = {
    "rss.xml": "application/rss+xml; charset=utf-8",
    "atom.xml": "application/atom+xml; charset=utf-8",
    "feed.json": "application/feed+json; charset=utf-8",
}
BY_EXTENSION = {"html": HTML, "xml": "application/xml; charset=utf-8", "txt": "text/plain; charset=utf-8"}
"""Content types of pages, as a server can tell them from a name."""


def file_name(path: str) -> str | None:
    """The file of an address, relative to the tree; None if no file can stand for it.

    Args:
        path: percent-encoded, as leaves are named.
    """
    plain = unquote(path)
    if plain.endswith(("/index.html", ".br", ".zst", ".gz")):
        return None  # a server could not tell it from another page's file
    name = plain.removeprefix("/") + ("index.html" if plain.endswith("/") else "")
    parts = name.split("/")
    sound = all(part and not part.startswith(".") and len(part.encode()) <= LONGEST for part in parts)
    return name if path.startswith("/") and sound and "\0" not in name and "\\" not in name else None


def type_of(name: str) -> str:
    """The content type that a server gives a page's file; empty if it knows none."""
    base = name.rpartition("/")[2]
    return BY_NAME.get(base) or BY_EXTENSION.get(base.rpartition(".")[2], "")
