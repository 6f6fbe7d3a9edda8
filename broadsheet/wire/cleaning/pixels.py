"""Pictures that nobody is meant to see."""

from __future__ import annotations

import re
from collections.abc import Mapping

_COUNTERS = re.compile(
    r"^https?://(?:[\w-]+\.)*(?:doubleclick\.net|google-analytics\.com|scorecardresearch\.com|quantserve\.com|"
    r"chartbeat\.(?:com|net)|feedsportal\.com|pixel\.wp\.com|stats\.wordpress\.com|feeds\.wordpress\.com|"
    r"facebook\.com/tr|pheedo\.com|bat\.bing\.com|sb\.scorecardresearch\.com|counter\.theconversation\.com|"
    r"analytics\.[\w.-]+|pixel\.[\w.-]+|beacon\.[\w.-]+|pixel\.propublica\.org)(?:[/?]|$)"
    r"|feedburner\.com/~[rf]f?/|/(?:pixel|beacon|spacer|clear|blank|1x1|transparent)\.(?:gif|png)(?:\?|$)"
    r"|^https?://(?:[\w-]+\.)*theconversation\.com/content/\d+/count\.gif",
    re.IGNORECASE,
)
#: A picture of fewer pixels than this a side is a counter or a bullet.
SMALLEST = 3


def is_pixel(attributes: Mapping[str, str | bytes]) -> bool:
    """Whether an img element with these attributes is a tracking pixel, or has no picture at all."""
    src = str(attributes.get("src", ""))
    if not src or _COUNTERS.search(src):
        return True
    return any(_pixels(attributes.get(side)) < SMALLEST for side in ("width", "height"))


def _pixels(value: str | bytes | None) -> float:
    digits = re.match(r"\d+", str(value or "").strip())
    return float(digits[0][:9]) if digits else float("inf")
