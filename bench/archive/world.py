"""What the archive's articles hang on, as values: sections, people, topics, pictures, users. Kept beside the site."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path

FILE = "archive.json"


@dataclass(frozen=True, kw_only=True)
class Place:
    """A section."""

    id: int
    """Its page's id."""
    path: str
    """Its place in the page tree."""
    depth: int
    """Its depth there."""
    url_path: str
    """Its address in the page tree."""
    above: tuple[int, ...]
    """Ids of the sections above it, and its own."""


@dataclass(frozen=True, kw_only=True)
class World:
    """All that rows refer to, and where the archive's own ids begin. Kept beside the site in ``archive.json``."""

    seed: int
    """The seed of the fill."""
    until: str
    """When the newest article was published, ISO 8601."""
    articles: int
    """How many there are to be."""
    sections: tuple[Place, ...]
    """The sections, by index."""
    authors: tuple[tuple[int, str], ...]
    """Id and name of each author."""
    topics: tuple[tuple[int, str], ...]
    """Id and name of each topic."""
    pictures: tuple[int, ...]
    """Ids of the pictures."""
    users: tuple[int, ...]
    """Ids of those who publish."""
    locale: int
    """Id of the pages' locale."""
    types: dict[str, int]
    """Ids of the content types: page, article, person, topic, picture."""
    first: dict[str, int]
    """The id that the archive's first row has in each table, by the model's name."""

    def save(self, site: Path) -> None:
        """Keep it beside the site."""
        (site / FILE).write_text(json.dumps(asdict(self)))


def load(site: Path) -> World | None:
    """The world of a site whose fill has begun."""
    if not (site / FILE).exists():
        return None
    kept = json.loads((site / FILE).read_text())
    kept["sections"] = tuple(Place(**{**place, "above": tuple(place["above"])}) for place in kept["sections"])
    return World(**{name: tuple(value) if isinstance(value, list) else value for name, value in kept.items()})
