"""Full text of a linked page: `extract` reads it three ways and keeps the best."""

from broadsheet.wire.extraction.pages import extract
from broadsheet.wire.extraction.values import Extracted

__all__ = ["Extracted", "extract"]
