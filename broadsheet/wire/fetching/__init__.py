"""The one fetch door: every byte from outside comes in through `fetch`."""

from broadsheet.wire.fetching.door import fetch
from broadsheet.wire.fetching.values import Fetched, FetchRequest, Purpose

__all__ = ["FetchRequest", "Fetched", "Purpose", "fetch"]
