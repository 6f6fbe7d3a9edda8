"""One request to a host at a time, and a pause between two."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass
class _Host:
    turn: threading.Lock = field(default_factory=threading.Lock)
    last: float = 0.0


_hosts: dict[str, _Host] = {}
_guard = threading.Lock()
#: Hosts remembered before the idle ones are forgotten.
_MANY = 5_000


def _host(name: str) -> _Host:
    with _guard:
        if len(_hosts) >= _MANY:
            for idle in [known for known, host in _hosts.items() if not host.turn.locked()]:
                del _hosts[idle]
        return _hosts.setdefault(name, _Host())


@contextmanager
def turn(name: str, *, interval: float, patience: float) -> Iterator[float]:
    """Wait for this process's turn with a host, and hold it.

    Args: name of the host; interval, seconds since the end of the last request; patience, seconds to wait at most.
    Yields: seconds it waited.
    Raises: TimeoutError when others held the host for longer than that.
    """
    host, started = _host(name), time.monotonic()
    if not host.turn.acquire(timeout=patience):
        raise TimeoutError(f"other requests held {name} for {patience:g} s")
    try:
        time.sleep(min(max(host.last + interval - time.monotonic(), 0.0), interval))
        yield time.monotonic() - started
    finally:
        host.last = time.monotonic()
        host.turn.release()
