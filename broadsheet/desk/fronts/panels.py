"""What stands above the containers in a front's form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.panels import Panel

from broadsheet.desk.fronts.reads import problems_on


class FrontPanel(Panel):
    """How a front works, and what is wrong with this one."""

    class BoundPanel(Panel.BoundPanel):
        """The panel on one front."""

        template_name = "desk/fronts/panel.html"

        def get_context_data(self, parent_context: Mapping[str, Any] | None = None) -> dict[str, Any]:
            context: dict[str, Any] = super().get_context_data(parent_context)
            return {**context, "problems": problems_on(self.instance) if self.instance.pk else ()}
