"""Baking a box into a page: as it stood when the page was rendered, for readers whose browser runs no script.

The page does not depend on what the box shows, or each headline would make the whole paper stale. One thing it does
depend on: that what the box names is still published. What was withdrawn must not stand in any page.
"""

from __future__ import annotations

import time
from collections.abc import Iterable

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from broadsheet.press import recorder
from broadsheet.press.boxes.registry import LiveBox, box_named
from broadsheet.press.edition import open_edition
from broadsheet.press.facets import STANDING
from broadsheet.press.surrogate_keys import facet_key


class Shelf:
    """The boxes a template can show, by name; one that is not asked for costs nothing."""

    def __getitem__(self, name: str) -> SafeString:
        return baked(box_named(name))


def baked(box: LiveBox) -> SafeString:
    """A box as it stands in a page: its element, which the page's script keeps fresh, with its content of now."""
    content, keys = _as_printed(box) or _rendered(box)
    for key in standing(keys):
        recorder.shows(key)
    # The edition's own bytes or a template's output: safe as any page is.
    inside = mark_safe(content)  # noqa: S308
    return format_html('<live-box src="{}" data-seconds="{}">{}</live-box>', box.path, box.seconds, inside)


def standing(keys: Iterable[str]) -> frozenset[str]:
    """Of what a box shows, the keys by which a page learns that some of it is gone. Pure."""
    pages = (key.partition("#")[0] for key in keys if key.startswith("page/"))
    return frozenset(facet_key(page, STANDING) for page in pages)


def _as_printed(box: LiveBox) -> tuple[str, set[str]] | None:
    edition = open_edition()
    leaf = edition.get(box.path)
    if leaf is None or leaf.status != 200 or not leaf.fresh_at(time.time()):
        return None
    return leaf.bodies["identity"].decode(), {found.key for found in edition.dependencies(box.path)}


def _rendered(box: LiveBox) -> tuple[str, set[str]]:
    with recorder.recording() as record:  # of its own: the page's goes on after it
        return box.content(), record.objects
