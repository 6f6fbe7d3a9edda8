"""Forms of the newsroom's pages."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm

from broadsheet.newsroom.decide import DEEPEST_SECTION, TOO_DEEP


class SectionForm(WagtailAdminPageForm):
    """Refuses a section below the third level while it is being made, when the page has no place in the tree yet."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.parent_page is not None and self.parent_page.depth >= DEEPEST_SECTION:
            self.add_error("title", TOO_DEEP)
        return cleaned
