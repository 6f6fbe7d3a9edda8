"""One reader's browser with a page open: asks for its boxes as the page's script does, on a connection it keeps."""

from __future__ import annotations

import asyncio
import gzip
import random
import re
import time
from asyncio import StreamReader, StreamWriter
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime

HEAD = (
    "GET {path} HTTP/1.1\r\nHost: localhost:8000\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64) Chrome/142.0.0.0\r\n"
    "Accept: */*\r\nAccept-Encoding: gzip\r\n{more}\r\n"
)
POST = re.compile(rb"Post (\d+) of the harbour")
PATIENCE_SECONDS = 60.0
"""A browser waits longer; a box that took so long counts as failed."""


class Failed(Exception):
    """There was no answer, or one that is none."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What was answered."""

    status: int
    """200 or 304."""
    headers: dict[str, str]
    """By name in small letters."""
    body: bytes
    """Decoded; empty for 304."""


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """A box that was brought up to date."""

    box: str
    """Its address."""
    due: float
    """When it was first asked for: seconds of the system's monotonic clock."""
    done: float
    """When the answer was there."""
    tries: int
    """How often it was asked for until then."""
    post: int
    """The number of the post that it shows; -1 if it shows none."""


@dataclass
class Browser:
    """A reader's browser: one connection, kept while the server keeps it."""

    port: int
    retries: bool = True
    """Whether the script asks again soon where that failed; without, it waits for the next life."""
    chance: random.Random = field(default_factory=random.Random)
    fetched: list[Fetched] = field(default_factory=list)
    failures: int = 0
    _line: tuple[StreamReader, StreamWriter] | None = None
    _turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def keep_fresh(self, box: str, life: float, until: float) -> None:
        """What the script's ``refresh`` does with a box from the moment it comes near the window.

        Args:
            box: its address.
            life: seconds.
            until: when the page is closed, on the monotonic clock.
        """
        tag, post, tries, failed, due = "", -1, 0, 0, time.monotonic()
        while time.monotonic() < until:
            tries += 1
            wait = life
            try:
                answer = await self.ask(box, tag)
            except Failed:
                failed += 1
                self.failures += 1
                if self.retries:
                    wait = min(life, 2.0**failed) * (0.5 + self.chance.random())
                await asyncio.sleep(wait)
                continue
            if answer.status == 200:
                found = POST.search(answer.body)
                post = int(found[1]) if found else -1
            done = time.monotonic()
            self.fetched.append(Fetched(box=box, due=due, done=done, tries=tries, post=post))
            if not tag:
                wait = max(1.0, min(life, life - time.time() + _date(answer)))
            tag, tries, failed, due = answer.headers["etag"], 0, 0, done + wait
            await asyncio.sleep(wait)

    async def ask(self, path: str, tag: str) -> Answer:
        """An answer, on the connection at hand; on another one where the server has closed that meanwhile.

        Raises:
            Failed: nobody answers, or not with a page.
        """
        more = f"If-None-Match: {tag}\r\nCache-Control: max-age=0\r\n" if tag else ""
        request = HEAD.format(path=path, more=more).encode()
        async with self._turn:
            if self._line is not None:
                try:
                    return await self._exchange(self._line, request)
                except Failed:
                    self.close()
            try:
                self._line = await asyncio.open_connection("127.0.0.1", self.port)
                return await self._exchange(self._line, request)
            except OSError as error:
                raise Failed from error
            except Failed:
                self.close()
                raise

    def close(self) -> None:
        """Give the connection up."""
        if self._line is not None:
            self._line[1].close()
            self._line = None

    async def _exchange(self, line: tuple[StreamReader, StreamWriter], request: bytes) -> Answer:
        reader, writer = line
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                writer.write(request)
                head, *lines = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
                status = int(head.split()[1])
                body = await reader.readexactly(int(headers.get("content-length", 0))) if status != 304 else b""
        except (OSError, EOFError, TimeoutError) as error:
            raise Failed from error
        if status not in {200, 304}:
            raise Failed
        return Answer(
            status=status, headers=headers, body=gzip.decompress(body) if "content-encoding" in headers else body
        )


def _date(answer: Answer) -> float:
    return parsedate_to_datetime(answer.headers["date"]).timestamp()
