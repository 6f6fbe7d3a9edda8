"""What every page carries inline, and the hashes by which its policy allows just that.

The styles lie in parts: ``base`` on every page and one more for its kind. Inlined they cost no request; together
they stay under 6 KB compressed, below which a file of their own would be slower than the bytes it saves. Each part
costs every page 54 bytes of its policy, so there are few.
"""

from __future__ import annotations

import base64
import hashlib
import re
from functools import cache
from pathlib import Path

from django.templatetags.static import static

FOLDER = Path(__file__).parent / "static" / "theme"
PARTS = {
    "base": ("base",),
    "front": ("lists", "front"),
    "article": ("article",),
    "blocks": ("blocks",),
    "pages": ("lists", "pages"),
    "talk": ("talk",),
}
"""The files of which each part is made."""

SAVED_THEME = (
    "{const d=document.documentElement.dataset;d.js='';"
    "try{const t=localStorage.theme;if(t==='dark'||t==='light')d.theme=t}catch{}}"
)
"""Runs before the first paint: says that scripts run, and takes the theme that the reader chose."""


@cache
def inline_css(part: str) -> str:
    """One part of the styles, made small, with the fonts' addresses as they are served.

    Args:
        part: one of PARTS.
    Raises:
        ValueError: there is no such part.
    """
    if part not in PARTS:
        raise ValueError(f"No styles called {part!r}; there are {', '.join(PARTS)}.")
    css = "".join(minify((FOLDER / "css" / f"{name}.css").read_text()) for name in PARTS[part])
    return re.sub(r"url\(\.\./([\w./-]+)\)", lambda found: f"url({static(f'theme/{found[1]}')})", css)


def inline_script() -> str:
    """The script that stands in the head."""
    return SAVED_THEME


def minify(css: str) -> str:
    """CSS without comments and without spaces that mean nothing."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};]) ?", r"\1", css)
    return css.replace(";}", "}").strip()


def script_hashes() -> str:
    """The inline script's hash, as a source of script-src."""
    return source_hash(inline_script())


def style_hashes() -> str:
    """The inline styles' hashes, as sources of style-src."""
    return " ".join(source_hash(inline_css(part)) for part in PARTS)


def source_hash(text: str) -> str:
    """A CSP source that allows exactly this text."""
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
    return f"'sha256-{digest}'"
