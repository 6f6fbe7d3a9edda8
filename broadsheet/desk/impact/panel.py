"""The side panel of the article's editor that tells what a publication will change."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from wagtail.admin.ui.side_panels import BaseSidePanel


class ImpactPanel(BaseSidePanel):
    """Asks for the list when it is opened: finding it takes a tenth of a second that an editor need not spend."""

    class SidePanelToggle(BaseSidePanel.SidePanelToggle):
        """Its button."""

        aria_label = "Toggle what publishing will change"
        icon_name = "site"

    class Media:
        js = ["desk/js/impact.js"]

    name = "impact"
    title = "What will publishing change?"
    template_name = "desk/impact/panel.html"
    order = 380

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        return {
            **super().get_context_data(parent_context),
            "url": reverse("desk_articles:impact", args=[self.object.pk]),
        }
