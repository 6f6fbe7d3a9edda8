"""Where readers come from, by the host alone. Pure.

The lists are short on purpose: they sort what most readers come from, and a host that is missing is shown by its own
name under "elsewhere". The libraries for this (ports of Snowplow's referer-parser) have not been kept for years.
"""

from __future__ import annotations

import re

DIRECT, INTERNAL, SEARCH, SOCIAL, ELSEWHERE = GROUPS = ("direct", "internal", "search", "social", "elsewhere")
LABELS = {
    DIRECT: "Directly",
    INTERNAL: "From our own pages",
    SEARCH: "Search",
    SOCIAL: "Social networks",
    ELSEWHERE: "Other sites",
}

SEARCH_NAMES = frozenset(
    [
        "google",
        "bing",
        "duckduckgo",
        "ecosia",
        "qwant",
        "startpage",
        "yahoo",
        "baidu",
        "yandex",
        "kagi",
        "mojeek",
        "seznam",
        "naver",
        "sogou",
        "marginalia",
        "perplexity",
        "ask",
        "aol",
        "swisscows",
        "metager",
    ]
)
"""The name before the public suffix: google.co.uk, search.yahoo.com. Matched as a whole label."""
SEARCH_HOSTS = ("search.brave.com", "chatgpt.com")
SOCIAL_HOSTS = (
    "facebook.com", "instagram.com", "threads.net", "threads.com", "twitter.com", "x.com", "t.co", "linkedin.com",
    "lnkd.in", "reddit.com", "bsky.app", "mastodon.social", "mstdn.social", "mas.to", "fosstodon.org", "pinterest.com",
    "tumblr.com", "tiktok.com", "youtube.com", "snapchat.com", "vk.com", "ok.ru", "weibo.com", "whatsapp.com",
    "telegram.org", "t.me", "discord.com", "quora.com", "news.ycombinator.com", "lemmy.world", "nextdoor.com",
)  # fmt: skip
NOT_SEARCH = ("mail.", "news.", "docs.", "drive.", "groups.", "translate.", "classroom.", "sites.")
"""Services of search engines that are none."""
HOST = re.compile(r"(?=.{4,100}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]*[a-z0-9]")


def origin(claimed: str, own: frozenset[str]) -> tuple[str, str]:
    """The group and the host of what a page says it was opened from.

    Args:
        claimed: a host, perhaps with a port; empty for none. From outside: whatever is no host counts as none.
        own: the paper's own hosts.
    Returns:
        A value of GROUPS, and the host without ``www.``; empty for the paper itself and where there is none.
    """
    host = claimed.strip().lower().rpartition("@")[2].partition(":")[0].removesuffix(".").removeprefix("www.")
    if host and host in {name.removeprefix("www.") for name in own}:
        return INTERNAL, ""
    if not HOST.fullmatch(host):
        return DIRECT, ""
    if _is_below(host, SOCIAL_HOSTS):
        return SOCIAL, host
    if _is_below(host, SEARCH_HOSTS) or (_name(host) in SEARCH_NAMES and not host.startswith(NOT_SEARCH)):
        return SEARCH, host
    return ELSEWHERE, host


def _is_below(host: str, names: tuple[str, ...]) -> bool:
    return any(host == name or host.endswith(f".{name}") for name in names)


def _name(host: str) -> str:
    """The label before the public suffix, as far as the search engines' suffixes go."""
    *above, name, end = host.split(".")
    return above[-1] if above and name in {"co", "com"} and len(end) == 2 else name
