"""Icons, drawn for this theme on a grid of 24, as the inside of an SVG element. Strokes take the text's colour."""

from __future__ import annotations

SHAPES = {
    "menu": '<path d="M3 6h18M3 12h18M3 18h18"/>',
    "search": '<circle cx="11" cy="11" r="7"/><path d="m16.5 16.5 5 5"/>',
    "theme": '<path d="M20 14A8 8 0 1 1 10 4a7 7 0 0 0 10 10Z"/>',
    "account": '<circle cx="12" cy="8" r="4.5"/><path d="M3.5 21a8.5 7.5 0 0 1 17 0"/>',
    "close": '<path d="M5 5l14 14M19 5 5 19"/>',
    "link": '<path d="M10 14a4 4 0 0 0 6 0l4-4a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-4 4a4 4 0 0 0 6 6l1-1"/>',
    "share": '<path d="M12 15V3m0 0L8 7m4-4 4 4M5 12v8h14v-8"/>',
    "send": '<circle cx="6" cy="12" r="2.5"/><circle cx="17.5" cy="5.5" r="2.5"/><circle cx="17.5" cy="18.5" r="2.5"/>'
    '<path d="m8.2 10.8 7-4M8.2 13.2l7 4"/>',
    "email": '<path d="M3 5h18v14H3zM3 6l9 7 9-7"/>',
    "rss": '<circle cx="5.5" cy="18.5" r="1"/><path d="M4 11a9 9 0 0 1 9 9M4 4a16 16 0 0 1 16 16"/>',
    "play": '<path d="M7 4v16l13-8z"/>',
    "download": '<path d="M12 3v12m0 0 4-4m-4 4-4-4M4 20h16"/>',
    "older": '<path d="M19 12H5m0 0 6-6m-6 6 6 6"/>',
    "newer": '<path d="M5 12h14m0 0-6-6m6 6-6 6"/>',
    "facebook": '<path d="M14 21v-8h3l.5-4H14V7c0-1.2.5-2 2-2h1.5V2H15c-3 0-4.5 1.8-4.5 4.5V9H8v4h2.5v8"/>',
    "x": '<path d="M4 4l16 16M20 4 4 20M4 4h4l12 16h-4z"/>',
    "bluesky": '<path d="M12 11C10.5 8 7 4.5 4.5 4 3 3.7 3 5 3 6.5c0 2 .5 4 1 5s2 2 4.5 1.5C5 13.5 4 15.5 6 17.5s4.5 2 '
    "6-2.5c1.5 4.5 4 4.5 6 2.5s1-4-2.5-4.5c2.5.5 4-.5 4.5-1.5s1-3 1-5c0-1.5 0-2.8-1.5-2.5C17 4.5 13.5 8 "
    '12 11Z"/>',
    "mastodon": '<path d="M21 9c0-4-2.5-5-5-5.3a30 30 0 0 0-8 0C5.5 4 3 5 3 9c0 6 0 10 5 11.3 2.5.6 5 .4 6.5-.2v-2c-2 '
    '.6-5.5.8-6-2M8 13V9.5C8 7 12 7 12 9.5V12m0-2.5C12 7 16 7 16 9.5V13"/>',
    "whatsapp": '<path d="M3 21l1.5-4.5A9 9 0 1 1 8 19.8z"/><path d="'
    'M9 8c-.5 4 3 7.5 7 7l.5-2-2.5-1-1 1a6 6 0 0 1-2.5-2.5l1-1-1-2.5z"/>',
    "telegram": '<path d="M21 4 3 11l6 2.5M21 4l-4 16-8-6.5M21 4 9 13.5V19l3-3"/>',
    "linkedin": '<path d="M4 10v10M4 5v.1M9 20V10m0 5c0-6.5 10-6.5 10 0v5"/>',
    "reddit": '<ellipse cx="12" cy="14.5" rx="8" ry="5.5"/><circle cx="18" cy="5" r="1.5"/>'
    '<path d="m12 9 1-5 3.5 1M9 13.5v.1m6-.1v.1M9 17c2 1.3 4 1.3 6 0"/>',
    "pinterest": '<path d="M9 21 12 9M9.5 13C6 8 9 4 12.5 4S18 7 17.5 9.5 15 15 12.5 15s-2-1.5-2-1.5"/>',
    "tumblr": '<path d="M10 3v5h5v3.5h-5V16c0 2 2.5 2.5 5 1.2V21c-4 1.2-8.5.5-8.5-4.5v-5H4.5V9C7 8.3 8 6 8 3z"/>',
    "instagram": '<rect x="4" y="4" width="16" height="16" rx="4"/>'
    '<circle cx="12" cy="12" r="3.5"/><path d="M16.5 7.5v.1"/>',
    "youtube": '<rect x="2.5" y="5.5" width="19" height="13" rx="3"/><path d="m10 9 5 3-5 3z"/>',
    "threads": '<path d="M17 9c-1-4-9-4-10 3s8 9 10 4-6-5-7-2.5 4 3.5 4.5-1S11 8.5 10 10"/>',
    "google-news": '<path d="M4 8h16v12H4zM7 8V4h10v4M8 12h4v4H8zm7 0h2m-2 4h2"/>',
    "flipboard": '<path d="M4 4h16v5h-5v5h-5v6H4z"/>',
    "web": '<circle cx="12" cy="12" r="9"/><path d="M3 12h18M12 3c3.5 3 3.5 15 0 18-3.5-3-3.5-15 0-18"/>',
}

NAMES = {
    "facebook": "Facebook", "x": "X", "instagram": "Instagram", "pinterest": "Pinterest", "youtube": "YouTube",
    "bluesky": "Bluesky", "mastodon": "Mastodon", "linkedin": "LinkedIn", "threads": "Threads", "tumblr": "Tumblr",
    "telegram": "Telegram", "whatsapp": "WhatsApp", "reddit": "Reddit", "tiktok": "TikTok",
}  # fmt: skip
"""Services as they write themselves; editors may type them in small letters."""


def service_name(service: str) -> str:
    """A service's name as readers know it."""
    return NAMES.get(service.strip().lower(), service.strip())


def icon(name: str) -> str:
    """An icon as SVG, hidden from screen readers: a label stands beside it. An unknown name gives a globe."""
    shape = SHAPES.get(name.strip().lower(), SHAPES["web"])
    return f'<svg class="i" viewBox="0 0 24 24" aria-hidden="true">{shape}</svg>'
