"""The sections an editor may choose from, as a tree in one query."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wagtail.models import Page

from broadsheet.desk.grants import grants
from broadsheet.newsroom.models import Section

STEP = Page.steplen
TOP_DEPTH = 3
"""Tree depth of a section right under the home page."""


@dataclass(frozen=True, kw_only=True)
class SectionChoice:
    """A section as a choice."""

    id: int
    """Its page's id."""
    title: str
    """Its name."""
    slug: str
    """The last part of its address; wire items name sections by it."""
    path: str
    """Its place in the page tree."""
    level: int
    """0 for a section right under the home page."""
    live: bool
    """Whether it is published."""
    trail: str
    """Its name with those above it, such as ``World / Local``."""
    may_write: bool
    """Whether the editor may make articles in it."""

    @property
    def label(self) -> str:
        """Its name, set in by its level, for a select."""
        return "\u2003" * self.level + self.title + ("" if self.live else " (not published)")


def sections_for(user: Any) -> list[SectionChoice]:
    """Every section in the editors' order, with what the user may do there. Two queries at most."""
    granted = grants(user)
    rows = Section.objects.order_by("path").values("pk", "title", "slug", "path", "depth", "live")
    titles: dict[str, str] = {}
    found = []
    for row in rows:
        above = titles.get(row["path"][:-STEP], "")
        titles[row["path"]] = trail = f"{above} / {row['title']}" if above else row["title"]
        found.append(
            SectionChoice(
                id=row["pk"],
                title=row["title"],
                slug=row["slug"],
                path=row["path"],
                level=max(row["depth"] - TOP_DEPTH, 0),
                live=row["live"],
                trail=trail,
                may_write=granted.may("add", row["path"]),
            )
        )
    return found


def by_slug(sections: Iterable[SectionChoice]) -> dict[str, SectionChoice]:
    """The section that each slug names; the highest where a slug stands twice."""
    found: dict[str, SectionChoice] = {}
    for section in sorted(sections, key=lambda section: section.level):
        found.setdefault(section.slug, section)
    return found


def nearest(sections: list[SectionChoice], path: str) -> SectionChoice | None:
    """The section an article at a place in the tree belongs to."""
    by_path = {section.path: section for section in sections}
    while path:
        path = path[:-STEP]
        if path in by_path:
            return by_path[path]
    return None
