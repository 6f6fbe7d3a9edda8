"""Addresses of players: a film's page cannot be framed, its player can."""

from __future__ import annotations

import re
from urllib.parse import quote

PLAYERS = (
    (r"https?://(?:www\.|m\.)?youtube\.com/watch\?(?:.*&)?v=([\w-]{6,})", "https://www.youtube-nocookie.com/embed/{}"),
    (r"https?://youtu\.be/([\w-]{6,})", "https://www.youtube-nocookie.com/embed/{}"),
    (r"https?://(?:www\.)?youtube\.com/shorts/([\w-]{6,})", "https://www.youtube-nocookie.com/embed/{}"),
    (r"https?://(?:www\.)?vimeo\.com/(\d+)", "https://player.vimeo.com/video/{}?dnt=1"),
    (r"https?://(?:www\.)?dailymotion\.com/video/(\w+)", "https://geo.dailymotion.com/player.html?video={}"),
    (r"https?://open\.spotify\.com/((?:episode|track|show|album)/\w+)", "https://open.spotify.com/embed/{}"),
    (r"(https?://(?:www\.)?soundcloud\.com/.+)", "https://w.soundcloud.com/player/?url={}"),
)


def player_url(url: str) -> str:
    """What to frame for an address; empty if only its own site can show it."""
    for pattern, template in PLAYERS:
        if found := re.match(pattern, url):
            return template.format(quote(found[1], safe="/"))
    framed = re.search(r"^https://[^/]+/(?:.*/)?(?:embed|player)\b", url)
    return url if framed else ""
