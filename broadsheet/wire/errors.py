"""What can go wrong at the wire.

WireError
├── FetchError              something about getting bytes from an address; carries `url`
│   ├── Forbidden           the address, port or scheme may not be reached from here; carries `address`
│   ├── Unreachable         no such name, refused, reset, broken TLS
│   ├── TimedOut            no complete answer within the deadline; carries `seconds`
│   ├── TooLarge            more bytes than allowed, on the wire or inflated; carries `limit`
│   ├── TooManyRedirects    the chain of redirects is longer than allowed; carries `limit`
│   ├── BadAnswer           not HTTP, or an encoding that cannot be undone
│   ├── BadStatus           an answer that is not a success; carries `status` and `retry_after`
│   └── RobotsDisallowed    the site's robots.txt asks us not to fetch this page
├── ParseError              the bytes are no feed, sitemap, OPML or page we can read; carries `url`
│   └── Exhausted           the parser was stopped: too much time or memory; carries `url`
├── Fault                   something in us broke over this source; carries `url`; the log has the rest
├── NoFeedFound             a site's address that leads to no feed; carries `url`
├── BadPicture              bytes that are not a picture we accept; carries `url`
└── NotPermitted            the source's rights do not allow it; carries `item_id`

Every message names its subject and says what to do.
"""

from __future__ import annotations


class WireError(Exception):
    """The root: catch this to catch everything the wire raises on purpose."""


class FetchError(WireError):
    """Bytes could not be had from `url`."""

    def __init__(self, url: str, message: str) -> None:
        self.url = url
        super().__init__(message)


class Forbidden(FetchError):
    """The fetch door refuses this address."""

    def __init__(self, url: str, address: str, reason: str) -> None:
        self.address = address
        super().__init__(
            url,
            f"{url} may not be fetched: {reason}. If {address} is a service of your own, "
            f"add its host:port to fetch_allow in the site's configuration.",
        )


class Unreachable(FetchError):
    """No connection, or one that broke."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, f"{url} cannot be reached: {reason}. Check the address and whether the site is up.")


class TimedOut(FetchError):
    """The whole answer did not come in time."""

    def __init__(self, url: str, seconds: float) -> None:
        self.seconds = seconds
        super().__init__(url, f"{url} gave no complete answer within {seconds:g} s. It will be tried again later.")


class TooLarge(FetchError):
    """The answer is bigger than allowed."""

    def __init__(self, url: str, limit: int) -> None:
        self.limit = limit
        super().__init__(
            url, f"{url} is larger than {limit:,} bytes. Ask the publisher for a shorter feed, or raise the limit."
        )


class TooManyRedirects(FetchError):
    """A chain of redirects that does not end."""

    def __init__(self, url: str, limit: int) -> None:
        self.limit = limit
        super().__init__(url, f"{url} redirects more than {limit} times. Give the address it should end at.")


class BadAnswer(FetchError):
    """The other side does not speak HTTP as it should."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, f"{url} gave an answer that cannot be read: {reason}. Tell its publisher.")


class BadStatus(FetchError):
    """The other side answered, but not with what was asked."""

    def __init__(self, url: str, status: int, retry_after: float | None = None) -> None:
        self.status = status
        self.retry_after = retry_after
        super().__init__(url, f"{url} answered {status}: {_meaning(status)}")


class RobotsDisallowed(FetchError):
    """The site does not want this page fetched by programs."""

    def __init__(self, url: str) -> None:
        super().__init__(url, f"{url} is closed to programs by the site's robots.txt. Ask the publisher for leave.")


class ParseError(WireError):
    """Bytes that are not what they should be."""

    def __init__(self, url: str, reason: str) -> None:
        self.url = url
        super().__init__(f"{url} cannot be read: {reason}. Check in a browser that the address is a feed.")


class Exhausted(ParseError):
    """Reading was stopped, because it took more than its share."""

    def __init__(self, url: str, reason: str) -> None:
        super().__init__(url, f"reading it was stopped ({reason})")


class Fault(WireError):
    """A fault of our own, kept on the source it happened over so that the others go on."""

    def __init__(self, url: str, error: Exception) -> None:
        self.url = url
        super().__init__(
            f"{url} could not be taken in: {type(error).__name__}: {error}. Report this; the log has more."
        )


class NoFeedFound(WireError):
    """A site without a feed we can find."""

    def __init__(self, url: str) -> None:
        self.url = url
        super().__init__(f"No feed was found at {url}. Give the address of the feed itself.")


class BadPicture(WireError):
    """Bytes that are no picture we would publish."""

    def __init__(self, url: str, reason: str) -> None:
        self.url = url
        super().__init__(f"The picture at {url} cannot be used: {reason}. Choose another.")


class NotPermitted(WireError):
    """The rights of the source say no."""

    def __init__(self, item_id: int, reason: str) -> None:
        self.item_id = item_id
        super().__init__(f"Item {item_id}: {reason}. Change the source's rights if you have leave.")


_MEANINGS = {
    401: "it wants a password; ask the publisher for an open feed.",
    403: "it refuses us; ask the publisher to let our reader in.",
    404: "nothing is there; check the address.",
    410: "it is gone for good; polling has stopped. Remove the source or give its new address.",
    429: "we ask too often; it will be asked less.",
}


def _meaning(status: int) -> str:
    if status in _MEANINGS:
        return _MEANINGS[status]
    if status >= 500:
        return "the site has a fault of its own; it will be tried again later."
    return "it did not give what was asked; check the address."
