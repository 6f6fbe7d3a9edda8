"""What every page depends on besides the newsroom: the site's settings and the program itself."""

from __future__ import annotations

import hashlib
from pathlib import Path

from django.conf import settings

import broadsheet
from broadsheet.press.edition import open_edition


def fingerprint() -> str:
    """Changes when the address, the language, the clock, the templates, styles or code of the pages change."""
    house = Path(broadsheet.__file__).parent
    rooms = ("newsroom", "press", "readers", "theme")
    files = (
        path for room in rooms for path in (house / room).rglob("*") if path.suffix in {".py", ".html", ".css", ".js"}
    )
    newest = max(path.stat().st_mtime_ns for path in files)
    parts = (settings.BASE_URL, settings.LANGUAGE_CODE, settings.TIME_ZONE, broadsheet.__version__, str(newest))
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=12).hexdigest()


def check_edition() -> bool:
    """Make the edition stale if it was printed under another imprint. Returns whether it was."""
    return open_edition().belong_to(fingerprint())
