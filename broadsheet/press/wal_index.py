"""Seeing that somebody has committed to a SQLite file, without asking SQLite.

In WAL mode every commit changes the header of the WAL-index, 48 bytes of shared memory in the file beside the database
(https://sqlite.org/walformat.html#the_wal_index_file_format). Looking at them costs a tenth of a microsecond, where
``PRAGMA data_version`` costs two.
"""

from __future__ import annotations

import mmap
import os
from contextlib import suppress
from pathlib import Path

HEADER = 48


class WalIndex:
    """The WAL-index of one database, mapped for reading.

    The file stays open for as long as it is mapped: closing it would release the locks that SQLite holds on it for this
    process (POSIX: whichever descriptor is closed), and the next process to open the database would cut it short.
    """

    def __init__(self, database: Path) -> None:
        self._path = database.with_name(f"{database.name}-shm")
        self._map: mmap.mmap | None = None
        self._inode = 0
        self._handle = -1

    def stamp(self) -> bytes | None:
        """Bytes that are different after every commit by anybody; None while there is no WAL-index to look at."""
        found = self._map
        return None if found is None else found[:HEADER]

    def look_again(self) -> None:
        """Map the file if it has come into being, or is another than before. To be called now and then."""
        try:
            found = self._path.stat()
            if found.st_ino != self._inode:
                self._map = None
                if found.st_size >= HEADER:
                    self._take(found.st_ino)
        except (OSError, ValueError):
            self._map = None

    def _take(self, inode: int) -> None:
        old, self._handle = self._handle, os.open(self._path, os.O_RDONLY)
        self._inode = inode
        self._map = mmap.mmap(self._handle, HEADER, prot=mmap.PROT_READ)
        with suppress(OSError):  # that of a file which nobody can open any more
            os.close(old)
