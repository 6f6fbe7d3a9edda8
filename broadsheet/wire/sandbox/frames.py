"""How parent and child talk: a line of JSON that says how many bytes follow, and the bytes."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

#: An answer longer than this is a fault of the child's.
LONGEST = 64 * 1024 * 1024


def write(stream: BinaryIO, head: dict[str, Any], body: bytes) -> None:
    """Send one frame."""
    stream.write(json.dumps({**head, "bytes": len(body)}).encode() + b"\n")
    stream.write(body)
    stream.flush()


def read(stream: BinaryIO) -> tuple[dict[str, Any], bytes]:
    """Receive one frame. Raises EOFError when the other side has gone, ValueError when it talks nonsense."""
    line = stream.readline(1_000_000)
    if not line:
        raise EOFError
    head = json.loads(line)
    length = int(head["bytes"])
    if length > LONGEST:
        raise ValueError(f"a frame of {length} bytes")
    body = stream.read(length)
    if len(body) < length:
        raise EOFError
    return head, body
