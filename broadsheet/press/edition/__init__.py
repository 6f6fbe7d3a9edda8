"""The edition: everything a reader can ask for, rendered, in one SQLite file beside the site."""

from broadsheet.press.edition.leaf import Leaf, Status
from broadsheet.press.edition.store import Edition, open_edition

__all__ = ["Edition", "Leaf", "Status", "open_edition"]
