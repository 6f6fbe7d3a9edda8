"""Files of the tree: each appears and changes at once, by rename, and tells its content by its time.

nginx makes a file's entity tag of its size and the second it was changed, so two versions of one second and size would
be one to it. The time of each file is therefore made of its bytes: another content, another tag.
"""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from broadsheet.press.edition import Leaf
from broadsheet.press.export.names import OWN, SUFFIXES

FIRST_SECOND, SECONDS = 1_000_000_000, 600_000_000
"""Between 2001 and 2020: never in the future, which servers distrust."""
ON = "on"
"""The switch: a link to the tree through which the server reads it; gone, the server finds no file and asks the
application. It costs nothing to ask, and a full disk allows its removal.
"""


class Tree:
    """A folder that a server serves."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def write(self, name: str, leaf: Leaf) -> list[str]:
        """Write a leaf in every coding it has, and remove those it has no longer. Returns the codings."""
        for coding, suffix in SUFFIXES.items():
            body = leaf.bodies.get(coding)
            if body is None:
                (self.folder / (name + suffix)).unlink(missing_ok=True)
            else:
                self.put(name + suffix, body)
        return [coding for coding in SUFFIXES if coding in leaf.bodies]

    def put(self, name: str, body: bytes) -> None:
        """Write one file."""
        target = self.folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        passing = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            passing.write_bytes(body)
        except OSError:  # half a file on a full disk
            passing.unlink(missing_ok=True)
            raise
        second = FIRST_SECOND + int.from_bytes(hashlib.blake2b(body, digest_size=6).digest(), "big") % SECONDS
        os.utime(passing, (second, second))
        passing.rename(target)

    def copy(self, source: Path, name: str) -> None:
        """Have a file of the site in the tree: linked where the file system can, else copied."""
        target = self.folder / name
        if target.exists() and _same(target.stat(), source.stat()):
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        passing = target.with_name(f".{target.name}.{os.getpid()}")
        try:
            os.link(source, passing)
        except OSError:
            shutil.copy2(source, passing)
        passing.rename(target)

    def remove(self, name: str) -> None:
        """Remove a page's files, and the folders that are empty then."""
        for suffix in SUFFIXES.values():
            (self.folder / (name + suffix)).unlink(missing_ok=True)
        parent = (self.folder / name).parent
        while parent != self.folder:
            try:
                parent.rmdir()
            except OSError:
                return
            parent = parent.parent

    def switch(self, *, on: bool) -> None:
        """Have the server serve from the tree, or ask the application for everything."""
        link = self.folder / OWN / ON
        if not on:
            link.unlink(missing_ok=True)
        elif not link.is_symlink():
            link.parent.mkdir(parents=True, exist_ok=True)
            link.symlink_to(os.pardir)

    def is_on(self) -> bool:
        """Whether the server serves from it."""
        return (self.folder / OWN / ON).is_symlink()


def _same(one: os.stat_result, other: os.stat_result) -> bool:
    return (one.st_size, int(one.st_mtime)) == (other.st_size, int(other.st_mtime))
