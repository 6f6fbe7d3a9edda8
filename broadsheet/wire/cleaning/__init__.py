"""The one sanitiser: whatever came from outside is published only after `clean_html` or `plain_text`."""

from broadsheet.wire.cleaning.artefacts import is_artefact
from broadsheet.wire.cleaning.heading import without_title
from broadsheet.wire.cleaning.links import without_trackers
from broadsheet.wire.cleaning.sanitiser import clean_html, without_pictures
from broadsheet.wire.cleaning.text import plain_text, word_count

__all__ = [
    "clean_html",
    "is_artefact",
    "plain_text",
    "without_pictures",
    "without_title",
    "without_trackers",
    "word_count",
]
