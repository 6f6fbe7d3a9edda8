"""`parse`: what was fetched, as a feed; the reading itself happens in a process that may be killed."""

from __future__ import annotations

from broadsheet.wire.conf import setting
from broadsheet.wire.errors import Exhausted, ParseError
from broadsheet.wire.fetching import Fetched
from broadsheet.wire.formats.values import ParsedFeed, feed_from_json
from broadsheet.wire.sandbox import Sandbox, SandboxFailed, SandboxStopped

_readers = Sandbox("broadsheet.wire.formats.job")


def parse(fetched: Fetched) -> ParsedFeed:
    """Read a feed: RSS, RDF, Atom, JSON Feed or a news sitemap.

    Args: fetched, a full answer (not a 304).
    Returns: the feed, its entries limited to the newest WIRE_ITEMS_PER_POLL.
    Raises: ParseError when it is no feed; Exhausted when reading it took too much time or memory.
    """
    arguments = {
        "url": fetched.url,
        "content_type": fetched.headers.get("content-type", ""),
        "now": fetched.fetched_at.isoformat(),
        "most": setting("WIRE_ITEMS_PER_POLL"),
    }
    try:
        return feed_from_json(_readers.run(arguments, fetched.body))
    except SandboxFailed as error:
        raise ParseError(fetched.url, str(error)) from error
    except SandboxStopped as error:
        raise Exhausted(fetched.url, str(error)) from error
