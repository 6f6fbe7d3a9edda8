"""The paper's menu: its sections as a tree, read once a page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from broadsheet.newsroom.models import HomePage, Section
from broadsheet.newsroom.reads import reading

MENU = "navigation"
"""The key of the menu: the sections that stand in it."""
SECTIONS = "sections"
"""The key of all sections' addresses."""

Found = TypeVar("Found")


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


class Navigation:
    """All sections, as a tree and by id. Which of them a page shows is announced as it asks for them."""

    def __init__(self, top: list[MenuItem]) -> None:
        self._top = top
        self._by_id = {item.id: item for item in _all(top)}
        self._by_path = {item.path: item for item in self._by_id.values()}

    @property
    def items(self) -> list[MenuItem]:
        """Top-level sections in order: the menu."""
        return self._announced(self._top, MENU)

    def everything(self) -> list[MenuItem]:
        """Every section, those that no menu shows too."""
        return self._announced(list(self._by_id.values()), SECTIONS)

    def item(self, section: int) -> MenuItem | None:
        """A section by its id; None if there is none that is published."""
        return self._announced(self._by_id.get(section), item_key(section))

    def children(self, section: int) -> list[MenuItem]:
        """The sections below one."""
        found = self._by_id.get(section)
        return self._announced(found.children if found else [], children_key(section))

    def shown_by_key(self) -> dict[str, object]:
        """For each key, what a page that asked for it can show."""
        everything = self._by_id.values()
        return {
            MENU: _menu(self._top),
            SECTIONS: tuple(item.url for item in everything),
            **{item_key(item.id): (item.title, item.url, item.palette) for item in everything},
            **{children_key(item.id): tuple((c.title, c.url) for c in item.children) for item in everything},
        }

    def trail(self, path: str) -> list[MenuItem]:
        """The sections above (and at) a place in the page tree, from the top: the breadcrumb."""
        found = self._at_or_above(path)[::-1]
        for item in found:
            self.item(item.id)
        return found

    def section_of(self, path: str) -> MenuItem | None:
        """The nearest section at or above a place in the page tree."""
        found = self._at_or_above(path)
        return self.item(found[0].id) if found else None

    def _at_or_above(self, path: str) -> list[MenuItem]:
        """The sections at and above a place, the nearest first: a long list asks for each of its articles."""
        ends = range(len(path), 0, -Section.steplen)
        return [self._by_path[path[:end]] for end in ends if path[:end] in self._by_path]

    def _announced(self, found: Found, key: str) -> Found:
        with reading(key):
            return found


def navigation() -> Navigation:
    """The sections that are published, in the editors' order: one query. Sections below a hidden one are hidden too."""
    with reading(""):  # each part announces itself when it is asked for
        home, root = HomePage.objects.order_by("path").values_list("url_path", "path").first() or ("/", "")
        # Sorted here: asked to, SQLite walks all pages in the tree's order to find the sections among them.
        found = Section.objects.live().order_by()
        rows = sorted(
            found.values("pk", "title", "slug", "url_path", "palette", "path", "show_in_menus"),
            key=lambda row: row["path"],
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
        parent = by_path.get(item.path[:-4])
        if parent is None and item.path[:-4] != root:
            continue
        by_path[item.path] = item
        (parent.children if parent else top).append(item)
    return Navigation(top)


def item_key(section: int) -> str:
    """The key of what pages show of one section: its name, its address, its colour."""
    return f"menu-item:{section}"


def children_key(section: int) -> str:
    """The key of the sections below one."""
    return f"menu-children:{section}"


def keys_changed(before: Navigation, after: Navigation) -> frozenset[str]:
    """The keys of what is different between two moments of the menu. Pure."""
    old, new = before.shown_by_key(), after.shown_by_key()
    return frozenset(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))


def _all(items: Iterable[MenuItem]) -> list[MenuItem]:
    return [found for item in items for found in (item, *_all(item.children))]


def _menu(items: Iterable[MenuItem]) -> tuple[object, ...]:
    return tuple((i.id, i.title, i.url, i.palette, bool(i.children), _menu(i.children)) for i in items if i.in_menu)
