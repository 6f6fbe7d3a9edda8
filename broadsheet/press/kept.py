"""Leaves in a serving thread's memory, with the answer to each kind of client made ready."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass

from broadsheet.press import negotiate
from broadsheet.press.cdn import dress
from broadsheet.press.edition import Leaf
from broadsheet.press.edition.file import Mark

ENTITY_HEADERS = {"Content-Type", "Content-Security-Policy", "Permissions-Policy"}
"""What a client that has the page already need not be told again (RFC 9110, section 15.4.5)."""


@dataclass(frozen=True, kw_only=True)
class Answer:
    """What one kind of client is sent for a leaf."""

    tag: str
    """The variant's entity tag."""
    headers: list[tuple[str, str]]
    """With the body."""
    headers_unchanged: list[tuple[str, str]]
    """With 304."""
    body: list[bytes]
    """As WSGI wants it."""


class Kept:
    """A leaf in memory, with its answers made ready."""

    def __init__(self, leaf: Leaf) -> None:
        self.leaf = leaf
        self._answers: dict[str, Answer] = {}

    def answer(self, accept_encoding: str) -> Answer:
        """The answer for a client that takes these codings."""
        coding = negotiate.choose(self.leaf, accept_encoding)
        found = self._answers.get(coding)
        if found is None:
            found = self._answers[coding] = answer(self.leaf, coding)
        return found


class Memory:
    """The leaves asked for lately, of one thread; valid for one version of the edition."""

    def __init__(self, limit: int) -> None:
        self.version: Mark = (-1, -1, -1)
        self._limit = limit
        self._size = 0
        self._leaves: OrderedDict[str, Kept] = OrderedDict()

    def get(self, path: str, version: Mark) -> Kept | None:
        """A leaf, if the edition has not been written to since."""
        if version != self.version:
            self._leaves = OrderedDict()
            self._size, self.version = 0, version
        return self._leaves.get(path)

    def keep(self, leaf: Leaf, version: Mark) -> Kept:
        """Remember a leaf that was read at a version."""
        kept = Kept(leaf)
        if version != self.version:
            return kept
        self._leaves[leaf.path] = kept
        self._size += sum(map(len, leaf.bodies.values()))
        while self._size > self._limit:
            _, old = self._leaves.popitem(last=False)
            self._size -= sum(map(len, old.leaf.bodies.values()))
        return kept


def answer(leaf: Leaf, coding: str) -> Answer:
    """A leaf's answer in one coding."""
    tag, body = negotiate.etag(leaf, coding), leaf.bodies[coding]
    headers = [*dress(leaf.headers, leaf), ("ETag", tag), ("Vary", "Accept-Encoding")]
    encoded = [("Content-Encoding", coding)] if coding != "identity" else []
    return Answer(
        tag=tag,
        headers=[*headers, *encoded, ("Content-Length", str(len(body)))],
        headers_unchanged=[(name, value) for name, value in headers if name not in ENTITY_HEADERS],
        body=[body],
    )
