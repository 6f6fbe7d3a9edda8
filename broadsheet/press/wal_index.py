"""Seeing that somebody has committed to a SQLite file, without asking SQLite.

In WAL mode every commit changes the header of the WAL-index, 48 bytes of shared memory in the file beside the database
(https://sqlite.org/walformat.html#the_wal_index_file_format). Looking at them costs a tenth of a microsecond, where
``PRAGMA data_version`` costs two.
"""

from __future__ import annotations

import mmap
import os
from pathlib import Path

HEADER = 48


class WalIndex:
    """The WAL-index of one database, mapped for reading."""

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(f"{database.name}-shm")
        self._map: mmap.mmap | None = None
        self._inode = 0

    def stamp(self) -> bytes | None:
        """Bytes that are different after every commit by anybody; None while there is no WAL-index to look at."""
        found = self._map
        return None if found is None else found[:HEADER]

    def look_again(self) -> None:
        """Map the file if it has come into being, or is another than before. To be called now and then."""
        try:
            inode = self._path.stat().st_ino
            if self._map is None or inode != self._inode:
                self._map, self._inode = _mapped(self._path), inode
        except (OSError, ValueError):
            self._map = None


def _mapped(path: Path) -> mmap.mmap:
    handle = os.open(path, os.O_RDONLY)
    try:
        return mmap.mmap(handle, HEADER, prot=mmap.PROT_READ)
    finally:
        os.close(handle)
