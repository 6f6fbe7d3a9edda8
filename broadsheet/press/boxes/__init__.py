"""Live boxes: what changes by the minute is a leaf of its own, and pages show it without being made stale by it."""

from broadsheet.press.boxes.registry import LiveBox, live_box, live_boxes

__all__ = ["LiveBox", "live_box", "live_boxes"]
