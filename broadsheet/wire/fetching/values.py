"""What goes into the fetch door and what comes out."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


class Purpose(enum.Enum):
    """Why something is fetched; a page asks robots.txt first, a feed is offered to programs."""

    FEED = "feed"
    PAGE = "page"
    PICTURE = "picture"


ACCEPT: Mapping[Purpose, str] = {
    Purpose.FEED: "application/atom+xml, application/rss+xml, application/feed+json, application/rdf+xml, "
    "application/xml;q=0.9, text/xml;q=0.9, application/json;q=0.8, text/html;q=0.5, */*;q=0.1",
    Purpose.PAGE: "text/html, application/xhtml+xml;q=0.9, */*;q=0.1",
    Purpose.PICTURE: "image/avif, image/webp, image/jpeg, image/png, image/gif;q=0.8",
}


@dataclass(frozen=True, kw_only=True)
class FetchRequest:
    """One question to another site."""

    #: The address, http or https.
    url: str
    #: Why; decides the Accept header and whether robots.txt is asked.
    purpose: Purpose = Purpose.FEED
    #: The validator of the last answer, sent as If-None-Match (RFC 9110, 13.1.2).
    etag: str = ""
    #: The validator of the last answer, sent as If-Modified-Since (RFC 9110, 13.1.3).
    last_modified: str = ""
    #: The most bytes wanted, inflated; None for the setting WIRE_FETCH_MAX_BYTES.
    max_bytes: int | None = None
    #: Seconds for the whole answer; None for the setting WIRE_FETCH_DEADLINE.
    deadline: float | None = None


@dataclass(frozen=True, kw_only=True)
class Fetched:
    """The bytes and headers of one answer."""

    #: The address asked for.
    requested_url: str
    #: The address that answered, after redirects.
    url: str
    #: Where the address has moved for good (only 301 and 308 on the way), or "".
    moved_to: str
    #: The HTTP status: 200 to 299, or 304.
    status: int
    #: Header names in lower case; the last of a repeated one.
    headers: Mapping[str, str]
    #: The body, inflated; empty on 304.
    body: bytes
    #: When the answer was complete.
    fetched_at: datetime

    @property
    def not_modified(self) -> bool:
        """Whether nothing has changed since the validators that were sent."""
        return self.status == 304

    @property
    def etag(self) -> str:
        """The validator to send next time, or ""."""
        return self.headers.get("etag", "")

    @property
    def last_modified(self) -> str:
        """The date to send next time, exactly as it came, or ""."""
        return self.headers.get("last-modified", "")

    @property
    def content_type(self) -> str:
        """The media type in lower case without parameters, or ""."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def charset(self) -> str:
        """The charset parameter of the media type, or ""."""
        for parameter in self.headers.get("content-type", "").split(";")[1:]:
            name, _, value = parameter.partition("=")
            if name.strip().lower() == "charset":
                return value.strip().strip("\"'")
        return ""
