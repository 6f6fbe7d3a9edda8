"""A web process that was started on a disk mounted read-only: it serves, and makes room for another when that is over.

SQLite shares one memory map of a file's WAL-index among all connections of a process, and goes on taking a file for
read-only that it was first opened as such (https://sqlite.org/wal.html#read_only_databases). Only a new process can
write.
"""

from __future__ import annotations

import logging
import os
import signal
import threading
import time
from pathlib import Path

logger = logging.getLogger("broadsheet.ops")

LOOK_SECONDS = 1.0


def make_room_when_over(path: Path) -> None:
    """If a file can only be read, end this process as soon as it can be written; its server starts another.

    Args:
        path: a SQLite file that this process opens.
    """
    if path.exists() and not os.access(path, os.W_OK):
        logger.error("%s can only be read: pages are served, and nothing new is kept. Look at the disk.", path)
        threading.Thread(target=_wait, args=(path,), name="only-read", daemon=True).start()


def _wait(path: Path) -> None:
    while not os.access(path, os.W_OK):
        time.sleep(LOOK_SECONDS)
    logger.warning("%s can be written again: this web process ends, and another begins.", path)
    os.kill(os.getpid(), signal.SIGTERM)
