"""The web process with the spool switched off: views wait in memory, and end with it."""

from __future__ import annotations

import time
from pathlib import Path

from broadsheet.ops.wsgi import front as application
from broadsheet.readers.reading import clerk

__all__ = ["application"]

clerk.EVERY_SECONDS = 60.0  # what has come since is nowhere else


def put(self: clerk.Spool, line: bytes) -> None:
    lines = self.__dict__.setdefault("lines", [])
    lines.append(line)
    self.refused = 0


def work(self: clerk.Clerk) -> None:
    from broadsheet.readers.reading import actions

    self.salts.refresh()
    lines = self.spool.__dict__.pop("lines", [])
    actions.count(f"memory-{Path(self.spool.path).name}-{time.time()}", 0, b"".join(lines))


clerk.Spool.put = put  # type: ignore[method-assign]
clerk.Clerk.work = work  # type: ignore[method-assign]
