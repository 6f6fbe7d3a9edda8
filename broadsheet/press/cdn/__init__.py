"""Telling a CDN which pages have changed: exactly those, in whatever way it wants to be told."""

from broadsheet.press.cdn.configured import configured, dress
from broadsheet.press.cdn.values import Cdn

__all__ = ["Cdn", "configured", "dress"]
