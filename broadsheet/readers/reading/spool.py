"""The spool: views wait in a file of the web process until they are counted.

Each view is a line, written with one system call when it arrives: what the kernel has taken survives the end of the
process, however it ends. The file is locked for as long as its process lives, so whoever gets the lock may count what a
dead one left. The mark up to which a spool has been counted stands in the main database (``SpoolMark``), written in the
transaction that counts: so no line is counted twice, whatever is killed when.
"""

from __future__ import annotations

import fcntl
import os
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SUFFIX = ".views"
ROTATE_BYTES = 1024 * 1024
"""A spool that is this long and wholly counted is replaced by a new one."""
LONGEST_BYTES = 64 * 1024 * 1024
"""About a million views: what a process keeps while the main database is away."""
PART_BYTES = 256 * 1024
"""About five thousand views: what is counted in one transaction."""


class Spool:
    """The spool of this process."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.folder = folder
        self.refused = 0
        """Lines that were lost since last looked at: the spool was full, or could not be written."""
        self._lock = threading.Lock()
        self._open()

    def put(self, line: bytes) -> None:
        """Keep a line. Never fails: a reader's request does not, because a disk is full."""
        with self._lock:
            if self.size + len(line) > LONGEST_BYTES:
                self.refused += 1
                return
            try:
                written = os.write(self._file, line)
            except OSError:
                self.refused += 1
                return
            if written < len(line):  # the disk is full: half a line must not run into the next one
                os.ftruncate(self._file, self.size)
                self.refused += 1
                return
            self.size += written

    def rotate(self, counted: int) -> str | None:
        """Begin a new file if this one is long and wholly counted; returns the name of the one that was removed."""
        with self._lock:
            if self.size < ROTATE_BYTES or counted < self.size:
                return None
            old = self.path
            os.close(self._file)
            self._open()
        old.unlink(missing_ok=True)
        return old.name

    def close(self) -> None:
        """Give it up; somebody else counts what is left."""
        with self._lock:
            os.close(self._file)

    def _open(self) -> None:
        self.path = self.folder / f"{uuid.uuid4().hex}{SUFFIX}"
        unlocked = self.path.with_suffix(".new")
        self._file = os.open(unlocked, os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_EXCL, 0o600)
        fcntl.flock(self._file, fcntl.LOCK_EX)
        unlocked.rename(self.path)  # it gets its name when it is locked: nobody takes it for a dead process's
        self.size = 0


def part(path: Path, position: int) -> bytes:
    """Whole lines of a spool from a position on."""
    with path.open("rb") as file:
        file.seek(position)
        data = file.read(PART_BYTES)
    return data[: data.rfind(b"\n") + 1]


@contextmanager
def taken_over(path: Path) -> Iterator[bool]:
    """Whether a spool's process is dead; then nobody else counts it meanwhile."""
    try:
        file = os.open(path, os.O_RDONLY)
    except FileNotFoundError:
        yield False
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        is_ours = path.exists()  # else its heir was quicker, and has removed it
    except BlockingIOError:
        is_ours = False
    try:
        yield is_ours
    finally:
        os.close(file)


def others(folder: Path, own: Path) -> list[Path]:
    """The spools in a folder, but for one's own."""
    return sorted(path for path in folder.glob(f"*{SUFFIX}") if path != own)
