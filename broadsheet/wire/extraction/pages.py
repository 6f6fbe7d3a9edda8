"""`extract`: a linked page's report, read in a process that may be killed."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from broadsheet.wire.errors import Exhausted, ParseError
from broadsheet.wire.extraction.values import Extracted
from broadsheet.wire.fetching import Fetched
from broadsheet.wire.sandbox import Sandbox, SandboxFailed, SandboxStopped

_readers = Sandbox("broadsheet.wire.extraction.job")


def extract(page: Fetched) -> Extracted:
    """The report on a page.

    Args: page, as fetched.
    Returns: what was found; fields it lacks are empty.
    Raises: ParseError when it is no page; Exhausted when reading it took too much time or memory.
    """
    arguments = {"url": page.url, "charset": page.charset, "now": page.fetched_at.isoformat()}
    try:
        return _extracted(_readers.run(arguments, page.body))
    except SandboxFailed as error:
        raise ParseError(page.url, str(error)) from error
    except SandboxStopped as error:
        raise Exhausted(page.url, str(error)) from error


def _extracted(value: dict[str, Any]) -> Extracted:
    dates = {name: datetime.fromisoformat(value[name]) if value[name] else None for name in ("published", "updated")}
    return Extracted(**{**value, **dates, "authors": tuple(value["authors"])})
