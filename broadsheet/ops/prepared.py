"""Whether a site has been prepared by this very program with these very settings: then it can start at once.

Preparing loads all of Django to find, almost always, that nothing is to be done. So what it depends on is written down.
The worker prepares in any case, for what cannot be seen from here, such as a PostgreSQL that was put back to yesterday.
"""

from __future__ import annotations

import hashlib
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path

import broadsheet
from broadsheet.ops.config import SiteConfig

FILE = "prepared"
LIBRARIES = ("Django", "wagtail")


def is_prepared(config: SiteConfig) -> bool:
    """Whether nothing has changed since the site was last prepared."""
    try:
        return (config.site / FILE).read_text() == fingerprint(config)
    except OSError:
        return False


def remember(config: SiteConfig) -> None:
    """Note that the site is prepared."""
    (config.site / FILE).write_text(fingerprint(config))


def fingerprint(config: SiteConfig) -> str:
    """Changes when the program, its libraries, the settings, the database's file or the static files become others."""
    house = Path(broadsheet.__file__).parent
    code = sorted((str(path), path.stat().st_mtime_ns) for path in house.rglob("*") if path.suffix not in {"", ".pyc"})
    parts = (
        broadsheet.__version__,
        *(version(name) for name in LIBRARIES),
        repr(sorted(asdict(config).items())),
        _which(config.site / "broadsheet.sqlite3"),
        _which(config.site / "static" / "stamp"),
        _which(Path(config.edition or config.site / "edition.sqlite3")),
        repr(code),
    )
    return hashlib.blake2b("\n".join(parts).encode(), digest_size=16).hexdigest()


def _which(path: Path) -> str:
    """Which file it is; empty if there is none."""
    return str(path.stat().st_ino) if path.exists() else ""
