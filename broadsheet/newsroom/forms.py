"""Forms of the newsroom's pages."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.forms.pages import CopyForm

from broadsheet.newsroom.decide import DEEPEST_SECTION, TOO_DEEP
from broadsheet.newsroom.own_addresses import hides, refusal


class ReadableForm(WagtailAdminPageForm):
    """Refuses one of the site's own addresses while the page is being made, when it has no place in the tree yet."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        slug = cleaned.get("slug")
        if self.instance.pk is None and slug and hides(slug, self.parent_page):
            self.add_error("slug", refusal(slug))
        return cleaned


class ReadableCopyForm(CopyForm):
    """Refuses a copy at one of the site's own addresses."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        slug = cleaned.get("new_slug")
        if slug and hides(slug, cleaned.get("new_parent_page") or self.page.get_parent()):
            self.add_error("new_slug", refusal(slug))
        return cleaned


class SectionForm(ReadableForm):
    """Refuses a section below the third level while it is being made, when the page has no place in the tree yet."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.parent_page is not None and self.parent_page.depth >= DEEPEST_SECTION:
            self.add_error("title", TOO_DEEP)
        return cleaned
