"""Clients of search engines: one for each process and address, whose connections all searches share.

The library makes a client for each search, which then opens a connection: with TLS that takes several round trips.
Both engines' clients may be used by several threads at once (their documentations, "Thread safety").
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any


def kept(client_class: Callable[..., Any]) -> Callable[..., Any]:
    """Something that gives a client as the class does, the same for the same options.

    Args:
        client_class: the engine's own.
    """

    clients: dict[tuple[int, str], Any] = {}

    def client_for(**options: Any) -> Any:
        key = os.getpid(), repr(sorted(options.items()))  # a child uses none of its parent's connections
        if key not in clients:
            clients[key] = client_class(**options)
        return clients[key]

    return client_for
