"""Bringing a tree up to date: everything a reader can reach, found by following links from a few addresses."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from django.conf import settings

from broadsheet.press import follow
from broadsheet.press.boxes import live_boxes
from broadsheet.press.edition import Edition, Leaf
from broadsheet.press.errors import RenderFailed
from broadsheet.press.export import assets, redirects
from broadsheet.press.export.links import links
from broadsheet.press.export.manifest import Headers, Manifest
from broadsheet.press.export.names import OWN, file_name, type_of
from broadsheet.press.export.tree import Tree
from broadsheet.press.history.bodies import plain
from broadsheet.press.history.rolled_back import MISSING
from broadsheet.press.leaves import LeafTerms
from broadsheet.press.printer import Printer

logger = logging.getLogger("broadsheet.press")

SEEDS = (
    "/", MISSING, "/robots.txt", "/sitemap.xml", "/sitemap-pages.xml", "/sitemap-news.xml", "/archive/", "/authors/",
    "/feed/rss.xml", "/feed/atom.xml", "/feed/feed.json",
)  # fmt: skip


@dataclass
class Done:
    """What a run came to."""

    seen: int = 0
    """Pages that were looked at."""
    written: int = 0
    """Pages whose files were written."""
    removed: int = 0
    """Pages and other files that were removed."""
    copied: int = 0
    """Other files that came into the tree."""
    failed: list[str] = field(default_factory=list)
    """Addresses that could not be printed; their files stay as they were."""
    outside: list[str] = field(default_factory=list)
    """Pages that the server's configuration does not fit: it asks the application for them."""


class Exporter:
    """Keeps one tree."""

    def __init__(self, edition: Edition, folder: Path) -> None:
        self.edition = edition
        self.tree = Tree(folder)
        if not (folder / OWN).exists():  # served as it grows; a watch decides for itself
            self.tree.switch(on=True)
        self.manifest = Manifest(folder)
        self.printer = Printer(edition)
        self._outside: set[str] = set()

    def run(self, *, media: bool = False) -> Done:
        """Write what has changed, print what is missing or stale, remove what is gone.

        Args:
            media: all uploaded files, not only those that pages show.
        """
        follow.follow()
        self._outside.clear()
        done, found = Done(), set[str]()
        moved = list(redirects.configured())
        waiting = list(dict.fromkeys([*SEEDS, *self.edition.addresses()]))
        known = set(waiting)
        wanted = {*assets.always(), *(assets.all_media() if media else ())}
        while waiting:
            path = waiting.pop()
            leaf = self._fresh(path, done)
            if leaf is None:
                continue
            done.seen += 1
            row = redirects.of_leaf(leaf)
            if row:
                moved.append(row)
                reached = links(f'href="{row[1]}"'.encode(), path, settings.BASE_URL)
            else:
                found.add(path)
                done.written += self.take(leaf)
                reached = links(plain(leaf), path, settings.BASE_URL)
            wanted |= {link for link in reached if assets.is_asset(link)}
            new = reached - known - wanted
            known |= new
            waiting += sorted(new)
        self._clear(found, wanted, done)
        self._write_redirects(moved)
        done.outside = sorted(self._outside)
        return done

    def sync(self, path: str) -> None:
        """Bring one page's files in line with the edition: there if its leaf is fresh, gone if it is not."""
        leaf = self.edition.get(path)
        if leaf is not None and leaf.status == 200 and leaf.fresh_at(time.time()):
            self.take(leaf)
            for link in links(plain(leaf), path, settings.BASE_URL):
                if assets.is_asset(link):
                    self._copy(link)
        else:
            self.drop(path)

    def agree(self) -> Headers:
        """The headers that the server gives every page from now on: those that the home page has now.

        Raises:
            RenderFailed: the home page cannot be printed.
        """
        home = self.printer.print("/", LeafTerms(hot=True, seconds=None), None).leaf
        if home is None:
            raise RenderFailed(path="/", cause="there is no page there")
        self.manifest.headers = _common(home)
        return _common(home)

    def take(self, leaf: Leaf) -> bool:
        """Write a leaf's files unless they are those already. Returns whether they were written."""
        name = file_name(leaf.path)
        if name is None or not self._fits(leaf, name):
            if leaf.path not in {box.path for box in live_boxes()}:  # with a short life of their own, as is meant
                self._outside.add(leaf.path)
            self.drop(leaf.path)
            return False
        known = self.manifest.page(leaf.path)
        if known == (leaf.etag, [coding for coding in ("identity", "br", "zstd", "gzip") if coding in leaf.bodies]):
            return False
        self.manifest.add_page(leaf.path, leaf.etag, self.tree.write(name, leaf))
        return True

    def drop(self, path: str) -> bool:
        """Remove a page's files. Returns whether there were any."""
        name = file_name(path)
        if name is None or self.manifest.page(path) is None:
            return False
        self.tree.remove(name)
        self.manifest.drop_page(path)
        return True

    def _fresh(self, path: str, done: Done) -> Leaf | None:
        leaf = self.edition.get(path)
        if leaf is not None and leaf.fresh_at(time.time()):
            return leaf
        terms = self.printer.terms(path)
        if terms is None:
            return None
        try:
            printed = self.printer.print(path, terms, None).leaf
        except RenderFailed:
            done.failed.append(path)
            return leaf
        return printed

    def _fits(self, leaf: Leaf, name: str) -> bool:
        """Whether a server that knows only names gives the page the headers that the application gives it."""
        if self.manifest.headers is None:
            self.manifest.headers = _common(leaf)
        return dict(leaf.headers).get("Content-Type") == type_of(name) and _common(leaf) == self.manifest.headers

    def _clear(self, found: set[str], wanted: set[str], done: Done) -> None:
        done.copied = sum(self._copy(path) for path in sorted(wanted))
        done.removed = sum(self.drop(path) for path in sorted(self.manifest.pages() - found - set(done.failed)))
        for path in sorted(self.manifest.assets() - wanted):
            self.tree.remove(_asset_name(path))
            self.manifest.drop_asset(path)
            done.removed += 1

    def _copy(self, path: str) -> bool:
        source = assets.source_of(path)
        if source is None:
            return False
        new = not self.manifest.has_asset(path)
        self.tree.copy(source, _asset_name(path))
        for suffix in (".gz", ".br"):
            packed = source.with_name(source.name + suffix)
            if packed.is_file():
                self.tree.copy(packed, _asset_name(path) + suffix)
        self.manifest.add_asset(path)
        return new

    def _write_redirects(self, rows: list[tuple[str, str, bool]]) -> None:
        for name, permanent in ((redirects.PERMANENT, True), (redirects.TEMPORARY, False)):
            text = redirects.as_map(rows, permanent=permanent)
            target = self.tree.folder / OWN / name
            if not target.exists() or target.read_bytes() != text:
                self.tree.put(f"{OWN}/{name}", text)


def _common(leaf: Leaf) -> Headers:
    return tuple(header for header in leaf.headers if header[0] != "Content-Type")


def _asset_name(path: str) -> str:
    return unquote(path).removeprefix("/")
