"""Addresses in a report: made absolute, freed of what only tells on the reader."""

from __future__ import annotations

import re
from urllib.parse import urljoin, urlsplit, urlunsplit

_TRACKING = re.compile(
    r"(?:utm_\w+|fbclid|gclid|gclsrc|dclid|wbraid|gbraid|msclkid|twclid|ttclid|yclid|igshid|igsh|mc_cid|mc_eid|"
    r"_hsenc|_hsmi|mkt_tok|vero_id|oly_\w+_id|wickedid|s_cid|cmpid|cmp|icid|ito|ocid|ns_\w+|at_\w+|xtor|"
    r"guccounter|guce_\w+|soc_src|soc_trk|smid|sr_share|ref_src|ref_url|taid|__twitter_impression|spm|_ga|_gl|piano_\w+)",
    re.IGNORECASE,
)
_HTTP = {"http", "https"}


def absolute(url: str, base: str) -> str:
    """The address made absolute against `base` and without trackers; "" when it is none."""
    written = url.strip()
    try:
        relative = not written.startswith(("https://", "http://"))
        joined = urljoin(base, written) if base and relative else written
        parts = urlsplit(joined)
    except ValueError:
        return ""
    if parts.scheme == "mailto":
        return joined
    return without_trackers(joined) if parts.scheme in _HTTP and parts.netloc else ""


def without_trackers(url: str) -> str:
    """The address without query parameters that only say where a reader came from; otherwise as it was."""
    if "?" not in url:
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    pairs = parts.query.split("&")
    kept = [pair for pair in pairs if not _TRACKING.fullmatch(pair.partition("=")[0])]
    return url if len(kept) == len(pairs) else urlunsplit(parts._replace(query="&".join(kept)))
