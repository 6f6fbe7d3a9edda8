"""The history: what every address has shown, in a file of its own that outlives the edition."""

from broadsheet.press.history.store import History, open_history
from broadsheet.press.history.values import Pin, Snapshot, Version

__all__ = ["History", "Pin", "Snapshot", "Version", "open_history"]
