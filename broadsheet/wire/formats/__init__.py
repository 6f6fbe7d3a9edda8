"""Feeds of every kind, in and out: `parse` reads one, `discovery` finds one, `opml` lists many."""

from broadsheet.wire.formats.feeds import parse
from broadsheet.wire.formats.values import Enclosure, ParsedFeed, ParsedItem

__all__ = ["Enclosure", "ParsedFeed", "ParsedItem", "parse"]
