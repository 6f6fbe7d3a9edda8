"""A job for the sandbox that does what a parser must never do."""

from __future__ import annotations

import os
import select
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any


def warm() -> None:
    """Nothing to load."""


def run(arguments: dict[str, Any], body: bytes) -> Any:
    match arguments["do"]:
        case "echo":
            return {"said": body.decode(), "pid": os.getpid()}
        case "eat memory":
            return len(bytearray(2_000_000_000))
        case "burn processor":
            while True:
                pass
        case "leave when asked again":
            select.select = _asked_and_gone
        case "leave":
            os._exit(0)
        case "die":
            os._exit(3)
        case "sleep":
            time.sleep(60)
        case "raise":
            raise KeyError("no")
        case "connect":
            socket.create_connection(("127.0.0.1", 9))
        case "run a program":
            subprocess.run(["true"], check=False)
        case "write a file":
            Path(tempfile.gettempdir(), f"mischief-{os.getpid()}").write_bytes(b"x" * 100_000)
        case "print":
            sys.stdout.write("x" * 10_000)
            sys.stdout.flush()
            return "printed"
    return None


_select = select.select


def _asked_and_gone(*arguments: Any) -> tuple[list[Any], ...]:
    """The moment at which a job comes just after the child has stopped waiting for one."""
    _select(*arguments)
    return [], [], []
