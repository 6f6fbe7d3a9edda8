"""The child: `python -m broadsheet.wire.sandbox.child MODULE`, where MODULE has `run(arguments, body)`
and `warm()`.

It answers one job after another on its standard input until that closes or nothing comes for a while.
"""

from __future__ import annotations

import importlib
import json
import os
import select
import sys
from typing import Any, BinaryIO

from broadsheet.wire.sandbox import frames, limits


def main(module: str) -> None:
    """Load the module, confine the process, and answer until there is nothing more to do."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get between the frames
    job = importlib.import_module(module)
    job.warm()  # what the libraries load at their first use is not charged to the first job
    limits.confine()
    frames.write(answers, {"ready": True}, b"")
    questions = sys.stdin.buffer
    for _ in range(limits.JOBS):
        if not select.select([questions], [], [], limits.IDLE_SECONDS)[0]:
            return
        try:
            head, body = frames.read(questions)
        except EOFError:
            return
        limits.allow_processor()
        _answer(answers, job, head, body)


def _answer(answers: BinaryIO, job: Any, head: dict[str, Any], body: bytes) -> None:
    try:
        value = json.dumps(job.run(head["arguments"], body), default=_plain).encode("utf-8", "replace")
        frames.write(answers, {"ok": True}, value)
    except MemoryError:
        os._exit(70)  # nothing can be trusted any more; the parent starts another
    except Exception as error:  # a parser may raise anything at all
        reason = (str(error) if isinstance(error, ValueError) else f"{type(error).__name__}: {error}")[:300]
        frames.write(answers, {"ok": False}, reason.encode("utf-8", "replace"))


def _plain(value: Any) -> str:
    return str(value.isoformat()) if hasattr(value, "isoformat") else str(value)


if __name__ == "__main__":
    main(sys.argv[1])
