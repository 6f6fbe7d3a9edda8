"""Readers who go on asking at a steady rate, and what they got."""

from __future__ import annotations

import hashlib
import http.client
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Got:
    """One answer."""

    path: str
    status: int
    headers: dict[str, str]
    body: bytes
    seconds: float

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def digest(self) -> str:
        return hashlib.blake2b(self.body, digest_size=12).hexdigest()


def ask(
    line: http.client.HTTPConnection,
    path: str,
    method: str = "GET",
    body: str | None = None,
    headers: dict[str, str] | None = None,
) -> Got:
    """One request on a connection."""
    began = time.monotonic()
    line.request(method, path, body, {"Host": "localhost:8000", **(headers or {})})
    answer = line.getresponse()
    content = answer.read()
    return Got(
        path=path,
        status=answer.status,
        headers=dict(answer.getheaders()),
        body=content,
        seconds=time.monotonic() - began,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """What is remembered of one answer: a long run has more of them than memory has room for."""

    path: str
    status: int
    digest: str
    seconds: float


@dataclass(frozen=True, kw_only=True)
class Watched:
    """What readers got."""

    answers: list[Seen]
    """Every answer."""
    errors: list[str]
    """Requests that got none."""

    def within(self, share: float) -> float:
        """Seconds within which a share of them was answered."""
        times = sorted(got.seconds for got in self.answers)
        return times[int(len(times) * share)] if times else 0.0

    def p99(self) -> float:
        """Seconds within which 99 of 100 were answered."""
        return self.within(0.99)

    def wrong(self, right: dict[str, str]) -> list[str]:
        """Answers that were not the page as it had been printed."""
        return [
            f"{got.path}: {got.status}" for got in self.answers if got.status != 200 or got.digest != right[got.path]
        ]


class Readers:
    """Readers who go on asking at a steady rate, over connections they keep, until told to stop."""

    def __init__(self, port: int, paths: list[str], rate: float, lines: int = 8, patience: float = 5.0) -> None:
        self._port, self._paths, self._patience = port, paths, patience
        self._each = lines / rate
        self._stop = threading.Event()
        self.answers: list[Seen] = []
        self.errors: list[str] = []
        self._threads = [threading.Thread(target=self._read, args=(n, lines), daemon=True) for n in range(lines)]

    @contextmanager
    def reading(self) -> Iterator[Readers]:
        for thread in self._threads:
            thread.start()
        try:
            yield self
        finally:
            self._stop.set()
            for thread in self._threads:
                thread.join(self._patience + 5)

    def until_now(self) -> Watched:
        """What they got since last asked."""
        answers, errors = self.answers, self.errors
        self.answers, self.errors = [], []
        return Watched(answers=answers, errors=errors)

    def _read(self, number: int, lines: int) -> None:
        line, place, at = None, number, time.monotonic() + number * self._each / lines
        while not self._stop.is_set():
            time.sleep(max(0.0, at - time.monotonic()))
            at = max(at + self._each, time.monotonic() - 1)
            path = self._paths[place % len(self._paths)]
            place += lines
            try:
                line = line or http.client.HTTPConnection("127.0.0.1", self._port, timeout=self._patience)
                got = ask(line, path)
                self.answers.append(Seen(path=path, status=got.status, digest=got.digest, seconds=got.seconds))
            except (OSError, http.client.HTTPException) as error:
                self.errors.append(f"{path}: {error!r}")
                line = None
