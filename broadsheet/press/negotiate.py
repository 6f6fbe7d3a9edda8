"""Choosing what to send for a leaf. Pure (RFC 9110, sections 12.5.3 and 13)."""

from __future__ import annotations

from functools import lru_cache

from broadsheet.press.edition.leaf import Leaf

PREFERRED = ("br", "zstd", "gzip")
"""Best first, for equal weights."""
SUFFIX = {"identity": "", "gzip": "-gz", "br": "-br", "zstd": "-zs"}


@lru_cache(maxsize=512)
def codings(accept_encoding: str) -> tuple[str, ...]:
    """Content codings a client takes, best first; identity is left to the caller.

    Args:
        accept_encoding: the header's value; empty when it was not sent.
    """
    weights: dict[str, float] = {}
    for part in accept_encoding.split(","):
        name, _, options = part.partition(";")
        weights[name.strip().lower()] = _weight(options)
    rest = weights.get("*", 0.0)
    ranked = [(weights.get(coding, rest), -place, coding) for place, coding in enumerate(PREFERRED)]
    return tuple(coding for weight, _, coding in sorted(ranked, reverse=True) if weight > 0)


def choose(leaf: Leaf, accept_encoding: str) -> str:
    """The coding of the variant to send."""
    bodies = leaf.bodies
    for coding in codings(accept_encoding):
        if coding in bodies:
            return coding
    return "identity"


def etag(leaf: Leaf, coding: str) -> str:
    """The strong entity tag of a variant, quoted."""
    return f'"{leaf.etag}{SUFFIX[coding]}{leaf.marks.get(coding, "")}"'


def matches(if_none_match: str, tag: str) -> bool:
    """Whether the client has this variant already (weak comparison, as RFC 9110 asks for If-None-Match)."""
    if if_none_match.strip() == "*":
        return True
    return tag in (candidate.strip().removeprefix("W/") for candidate in if_none_match.split(","))


def _weight(options: str) -> float:
    name, _, value = options.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
