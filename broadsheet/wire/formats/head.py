"""What a feed says about itself, read from its head: the fast parser leaves these out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from broadsheet.wire.formats.wording import address, words

#: How much of a feed counts as its head when no entry ends it earlier.
HEAD_BYTES = 16 * 1024
_FIRST_ENTRY = re.compile(rb"<(?:\w+:)?(?:item|entry)[\s>]")
_TTL = re.compile(r"<ttl>\s*(\d{1,6})\s*</ttl>", re.IGNORECASE)
_PERIOD = re.compile(r"<sy:updatePeriod>\s*(\w{1,10})\s*</sy:updatePeriod>", re.IGNORECASE)
_FREQUENCY = re.compile(r"<sy:updateFrequency>\s*(\d{1,4})\s*</sy:updateFrequency>", re.IGNORECASE)
_LANGUAGE = re.compile(r"<(?:dc:)?language>\s*([\w-]{2,35})\s*<|xml:lang=[\"']([\w-]{2,35})[\"']", re.IGNORECASE)
_LINK = re.compile(r"<(?:\w+:)?link\s([^<>]{1,2000})>", re.IGNORECASE)
_ATTRIBUTE = re.compile(r"([\w:]+)\s*=\s*[\"']([^\"']*)[\"']")
_MINUTES = {"hourly": 60, "daily": 1_440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}


@dataclass(frozen=True, kw_only=True)
class Head:
    """What the head says."""

    #: Minutes between two visits that the feed asks for, or None.
    ttl: int | None
    #: The WebSub hub's address, or "".
    hub: str
    #: The language, or "".
    language: str


def read(body: bytes, base: str) -> Head:
    """Read the head of an XML feed. Args: body as fetched; base for relative addresses."""
    first = _FIRST_ENTRY.search(body, 0, HEAD_BYTES)
    text = body[: first.start() if first else HEAD_BYTES].decode("utf-8", "replace")
    language = _LANGUAGE.search(text)
    return Head(
        ttl=_ttl(text),
        hub=_hub(text, base),
        language=next((part for part in language.groups() if part), "") if language else "",
    )


def _ttl(text: str) -> int | None:
    if ttl := _TTL.search(text):
        return int(ttl[1])
    if (period := _PERIOD.search(text)) and period[1].lower() in _MINUTES:
        frequency = _FREQUENCY.search(text)
        return _MINUTES[period[1].lower()] // max(int(frequency[1]) if frequency else 1, 1)
    return None


def _hub(text: str, base: str) -> str:
    for link in _LINK.finditer(text):
        attributes = {name.lower(): value for name, value in _ATTRIBUTE.findall(link[1])}
        if attributes.get("rel") == "hub":
            return address(words(attributes.get("href")), base)
    return ""
