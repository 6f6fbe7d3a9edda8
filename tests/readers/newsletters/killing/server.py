"""A plain mail server (RFC 5321) that takes everything and counts: quick, for it must not be what is measured.

By itself: ``python -m tests.readers.newsletters.killing.server PORT``; it prints what it got when its input ends.
"""

from __future__ import annotations

import re
import socketserver
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

_ADDRESS = re.compile(rb"TO:\s*<([^>]*)>", re.IGNORECASE)
_END = b"\r\n.\r\n"


class MailServer(socketserver.ThreadingTCPServer):
    """Counts the letters that were given over completely, by their recipients."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, port: int = 0) -> None:
        self.got: Counter[str] = Counter()
        self.bytes = 0
        self.changed = threading.Condition()
        super().__init__(("127.0.0.1", port), _Session)

    @property
    def port(self) -> int:
        return int(self.server_address[1])

    def took(self, recipient: str, size: int) -> None:
        with self.changed:
            self.got[recipient] += 1
            self.bytes += size
            self.changed.notify_all()

    def wait_for(self, count: int, seconds: float) -> bool:
        """Whether so many letters in all have come within the time."""
        with self.changed:
            return self.changed.wait_for(lambda: self.got.total() >= count, seconds)


class _Session(socketserver.BaseRequestHandler):
    server: MailServer

    def handle(self) -> None:
        self.buffer = b""
        try:
            self._talk()
        except (ConnectionError, EOFError):
            return  # the client is dead

    def _talk(self) -> None:
        self.request.sendall(b"220 here\r\n")
        recipient = ""
        while True:
            line = self._until(b"\r\n")
            verb = line[:4].upper()
            if verb == b"QUIT":
                self.request.sendall(b"221 bye\r\n")
                return
            if verb == b"RCPT":
                found = _ADDRESS.search(line)
                recipient = found[1].decode() if found else ""
            if verb == b"DATA":
                self.request.sendall(b"354 go on\r\n")
                letter = self._until(_END)
                self.server.took(recipient, len(letter))
            self.request.sendall(b"250 fine\r\n")

    def _until(self, end: bytes) -> bytes:
        while (at := self.buffer.find(end)) < 0:
            more = self.request.recv(1 << 18)
            if not more:
                raise EOFError
            self.buffer += more
        found, self.buffer = self.buffer[:at], self.buffer[at + len(end) :]
        return found


@contextmanager
def serving(port: int = 0) -> Iterator[MailServer]:
    """The server, in a thread."""
    server = MailServer(port)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


if __name__ == "__main__":
    with serving(int(sys.argv[1])) as running:
        sys.stdin.read()
        sys.stdout.write(f"{running.got.total()} {len(running.got)} {running.bytes}\n")
