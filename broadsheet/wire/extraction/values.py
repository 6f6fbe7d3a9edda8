"""What is found on a linked page."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True)
class Candidate:
    """The body of a page as one way of reading sees it."""

    #: Which way: "trafilatura", "readability" or "json-ld".
    name: str
    #: The body, HTML, not yet cleaned.
    html: str
    #: Its words without markup.
    text: str


@dataclass(frozen=True, kw_only=True)
class Extracted:
    """A page's report. Every field may be empty: a page that cannot be read is no error."""

    #: The title, plain text.
    title: str
    #: The body, HTML, not yet cleaned.
    body_html: str
    #: The body's words.
    body_text: str
    #: Names of the authors.
    authors: tuple[str, ...]
    #: When it was published, with a time zone; None when the page does not say.
    published: datetime | None
    #: When it was last changed, as `published`.
    updated: datetime | None
    #: The address of its lead picture, absolute.
    image_url: str
    #: The address the page calls its own, absolute.
    canonical_url: str
    #: A short description, plain text.
    description: str
    #: The language (BCP 47).
    language: str
    #: Which way of reading gave the body, or "".
    method: str


NOTHING = Extracted(
    title="",
    body_html="",
    body_text="",
    authors=(),
    published=None,
    updated=None,
    image_url="",
    canonical_url="",
    description="",
    language="",
    method="",
)
