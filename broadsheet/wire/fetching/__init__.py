"""The one fetch door: every byte from outside comes through `fetch`, or as the answer to what a `Courier` brought."""

from broadsheet.wire.fetching.delivery import Courier, Parcel, Receipt
from broadsheet.wire.fetching.door import fetch
from broadsheet.wire.fetching.values import Fetched, FetchRequest, Purpose

__all__ = ["Courier", "FetchRequest", "Fetched", "Parcel", "Purpose", "Receipt", "fetch"]
