"""The web process with a leak: each form it is sent leaves a thread and an open socket behind."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterable
from typing import Any

from broadsheet.ops.wsgi import application as whole

left: list[socket.socket] = []


def application(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
    """As ever, but for what it leaves."""
    if environ["REQUEST_METHOD"] == "POST":
        left.append(socket.socket())
        threading.Thread(target=threading.Event().wait, daemon=True).start()
    return whole(environ, start_response)
