"""A TCP line to a server, which can be made to refuse, hang, reset, slice or be slow."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import urlsplit


class Line:
    """A TCP line to a server that can be made to refuse, hang, reset or be slow."""

    def __init__(self, port: int) -> None:
        self._to = port
        self._mode = "through"
        self.calls = 0
        self._open: set[socket.socket] = set()
        self._forgotten: set[socket.socket] = set()
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=64)
        self.port = self._listening.getsockname()[1]
        self._changed = threading.Condition()
        threading.Thread(target=self._accept, daemon=True).start()

    def set(self, mode: str) -> None:
        """How it is from now on.

        ``through``, ``refuse``, ``reset``, ``hang`` (accepts, and nothing passes), ``slow`` (0.3 s a packet) or
        ``sliced`` (8 bytes at a time, 10 ms each).
        """
        with self._changed:
            self._mode = mode
            self._changed.notify_all()
        if mode in {"refuse", "reset"}:
            self.drop()

    def drop(self) -> None:
        """Cut every connection, as a server does that is stopped."""
        for end in list(self._open):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def forget(self) -> None:
        """Have the connections of now carry nothing any more, without a word to either end; new ones are carried."""
        self._forgotten |= self._open

    def close(self) -> None:
        """Be done."""
        self.set("refuse")
        self._listening.close()

    def _accept(self) -> None:
        while True:
            try:
                ours, _ = self._listening.accept()
            except OSError:
                return
            self.calls += 1
            if self._mode in {"refuse", "reset"}:
                ours.close()
                continue
            theirs = socket.create_connection(("127.0.0.1", self._to))
            self._open |= {ours, theirs}
            for one, other in ((ours, theirs), (theirs, ours)):
                threading.Thread(target=self._carry, args=(one, other), daemon=True).start()

    def _carry(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while data := one.recv(65_536):
                if one in self._forgotten:
                    continue
                if self._mode == "slow":
                    time.sleep(0.3)
                with self._changed:
                    self._changed.wait_for(lambda: self._mode != "hang")
                for piece in slices(data) if self._mode == "sliced" else [data]:
                    other.sendall(piece)
        for end in (one, other):
            self._open.discard(end)
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


def slices(data: bytes) -> Iterator[bytes]:
    """The same in small pieces, each a moment after the last."""
    for start in range(0, len(data), 8):
        time.sleep(0.01)
        yield data[start : start + 8]


def through(url: str, line: Line) -> str:
    """A database's address by way of a line."""
    parts = urlsplit(url)
    user = f"{parts.netloc.rpartition('@')[0]}@" if "@" in parts.netloc else ""
    return parts._replace(netloc=f"{user}127.0.0.1:{line.port}").geturl()
