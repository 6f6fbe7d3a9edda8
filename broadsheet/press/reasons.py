"""Surrogate keys in an editor's words. Pure."""

from __future__ import annotations

from broadsheet.press import facets

Names = dict[str, dict[int, str]]
"""The names of things by kind and id."""

FACETS = {
    facets.LINK: "links to",
    facets.CARD: "shows the headline of",
    facets.LOOK: "shows kicker, date or picture of",
    facets.STANDFIRST: "shows the standfirst of",
    facets.UPDATED: "shows when there was news in",
    facets.MINUTES: "shows the reading time of",
    facets.BYLINES: "names the authors of",
    facets.STANDING: "has a box that names",
}
MONTHS = ("months", "month-set")


def reason(key: str, names: Names, *, own: int) -> tuple[str, int]:
    """Why a leaf that has this key changes.

    Args:
        key: a surrogate key.
        names: the names of what it may be about.
        own: the article that the change is about.
    Returns:
        The words, and their weight: 0 says most.
    """
    whole, _, facet = key.partition("#")
    kind, pk = subject(key)
    if kind == "page" and not facet:
        return ("is the article, or shows it whole", 0) if pk == own else (f"shows “{_name(names, kind, pk)}”", 1)
    if kind == "page":
        which = "this article" if pk == own else f"“{_name(names, kind, pk)}”"
        return f"{FACETS.get(facet, 'shows something of')} {which}", 1
    if whole.partition(":")[0] in MONTHS:
        return f"counts the months of {_list(names, kind, pk)}", 3
    if whole == "site" or ":" in whole:
        return f"lists the newest of {_list(names, kind, pk)}", 2
    return f"shows {whole}", 4


def subject(key: str) -> tuple[str, int]:
    """What a key is about: the kind of thing and its id; the whole paper has 0."""
    parts = key.partition("#")[0].replace("/", ":").split(":")
    if parts[0] in MONTHS:
        parts = parts[1:]
    return parts[0], int(parts[1]) if len(parts) > 1 and parts[1].isdigit() else 0


def _list(names: Names, kind: str, pk: int) -> str:
    return _name(names, kind, pk) if pk else "the whole paper"


def _name(names: Names, kind: str, pk: int) -> str:
    return names.get(kind, {}).get(pk) or f"{kind} {pk}"
