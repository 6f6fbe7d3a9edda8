"""Readers: connections that ask for pages all the time, from a process of their own."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random
from statistics import quantiles
from typing import IO, Any, cast

HOT_SHARE = 0.6
"""How many requests in one go to pages that everybody reads; the others to any article of the archive."""


@dataclass(frozen=True, kw_only=True)
class Readers:
    """Who reads what."""

    port: int
    """Where the site answers on this machine."""
    hot: tuple[str, ...]
    """Pages that everybody reads."""
    old: tuple[str, ...]
    """Articles of any age."""
    connections: int
    """How many connections ask at a time."""
    pace: float
    """Requests a second of each."""


@contextmanager
def reading(readers: Readers) -> Iterator[dict[str, Any]]:
    """Have readers read inside; afterwards what is yielded holds how many requests they made and how they went."""
    process = subprocess.Popen(
        [sys.executable, "-m", "bench.archive.traffic"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    said, told = cast(IO[str], process.stdin), cast(IO[str], process.stdout)
    said.write(json.dumps(vars(readers)) + "\n")
    said.flush()
    found: dict[str, Any] = {}
    try:
        yield found
    finally:
        said.close()
        found.update(json.loads(told.readline() or "{}"))
        process.wait(30)


def main() -> int:
    """Read until the input ends, then say how it went."""
    readers = Readers(**json.loads(sys.stdin.readline()))
    over = threading.Event()
    took: list[float] = []
    wrong: list[str] = []
    threads = [
        threading.Thread(target=_ask, args=(readers, Random(number), over, took, wrong), daemon=True)
        for number in range(readers.connections)
    ]
    for thread in threads:
        thread.start()
    sys.stdin.read()
    over.set()
    for thread in threads:
        thread.join(10)
    cuts = quantiles(took, n=100) if len(took) > 1 else [0.0] * 99
    print(json.dumps({"requests": len(took), "wrong": wrong[:5], "p50": cuts[49], "p99": cuts[98]}), flush=True)
    return 0


def _ask(readers: Readers, random: Random, over: threading.Event, took: list[float], wrong: list[str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", readers.port, timeout=30)
    while not over.wait(random.expovariate(readers.pace)):
        path = random.choice(readers.hot if random.random() < HOT_SHARE else readers.old)
        began = time.perf_counter()
        try:
            connection.request("GET", path, headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            answer.read()
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            wrong.append(f"{path}: {error!r}")
            continue
        took.append((time.perf_counter() - began) * 1000)
        if answer.status != http.client.OK:
            wrong.append(f"{path}: {answer.status}")


if __name__ == "__main__":
    sys.exit(main())
