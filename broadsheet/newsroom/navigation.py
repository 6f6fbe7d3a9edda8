"""The paper's menu: its sections as a tree, read once a page."""

from __future__ import annotations

from dataclasses import dataclass, field

from broadsheet.newsroom.models import HomePage, Section
from broadsheet.newsroom.reads import reading


@dataclass(frozen=True, kw_only=True)
class MenuItem:
    """A section in the menu."""

    id: int
    """The section's id."""
    title: str
    """Its name."""
    slug: str
    """The last part of its address."""
    url: str
    """Its address within the site, with slashes at both ends."""
    palette: str
    """Its colour's name."""
    path: str
    """Its place in the page tree."""
    in_menu: bool
    """Whether menus show it."""
    children: list[MenuItem] = field(default_factory=list)
    """The sections below it, in the editors' order."""


@dataclass(frozen=True, kw_only=True)
class Navigation:
    """All sections, as a tree and by id."""

    items: list[MenuItem]
    """Top-level sections in order."""
    by_id: dict[int, MenuItem]
    """Every section."""

    def trail(self, path: str) -> list[MenuItem]:
        """The sections above (and at) a place in the page tree, from the top: the breadcrumb."""
        return sorted((item for item in self.by_id.values() if path.startswith(item.path)), key=lambda i: len(i.path))

    def section_of(self, path: str) -> MenuItem | None:
        """The nearest section at or above a place in the page tree."""
        trail = self.trail(path)
        return trail[-1] if trail else None


def navigation() -> Navigation:
    """The sections that are published, in the editors' order: one query. Sections below a hidden one are hidden too."""
    with reading("navigation", whole=True):
        home = HomePage.objects.order_by("path").values_list("url_path", flat=True).first() or "/"
        rows = list(
            Section.objects.live()
            .order_by("path")
            .values("pk", "title", "slug", "url_path", "palette", "path", "show_in_menus")
        )
    by_path: dict[str, MenuItem] = {}
    top: list[MenuItem] = []
    for row in rows:
        item = MenuItem(
            id=row["pk"],
            title=row["title"],
            slug=row["slug"],
            url="/" + row["url_path"].removeprefix(home),
            palette=row["palette"],
            path=row["path"],
            in_menu=row["show_in_menus"],
        )
        by_path[item.path] = item
        parent = by_path.get(item.path[:-4])
        (parent.children if parent else top).append(item)
    return Navigation(items=top, by_id={item.id: item for item in by_path.values()})
