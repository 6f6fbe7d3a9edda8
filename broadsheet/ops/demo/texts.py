"""The demo's texts, as written in ``content``."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent / "content"


@cache
def paper() -> dict[str, Any]:
    """The paper: settings, sections, people, topics, pages and the home front."""
    return tomllib.loads((CONTENT / "paper.toml").read_text())


@cache
def articles() -> list[dict[str, Any]]:
    """The articles, oldest first."""
    found = [tomllib.loads(path.read_text()) for path in sorted((CONTENT / "articles").glob("*.toml"))]
    return sorted(found, key=lambda article: -float(article["days_ago"]))


@cache
def wire() -> dict[str, Any]:
    """The demo's wire service: its agencies and what they report."""
    return tomllib.loads((CONTENT / "wire.toml").read_text())


def document(name: str) -> Path:
    """A document to download."""
    return CONTENT / "documents" / name
