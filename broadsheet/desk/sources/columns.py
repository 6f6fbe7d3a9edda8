"""Columns of the list of sources."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from wagtail.admin.ui.tables import Column

from broadsheet.desk.sources.reads import health
from broadsheet.wire.models import Source


class SourceColumn(Column):
    """A column of sources or rules with a template of its own, which knows the form's token and a source's health."""

    def __init__(self, name: str, template: str, **kwargs: Any) -> None:
        super().__init__(name, accessor=lambda source: source, **kwargs)
        self.cell_template_name = f"desk/sources/{template}.html"

    def get_cell_context_data(self, instance: Any, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        request = parent_context["request"]
        return {
            **super().get_cell_context_data(instance, parent_context),
            "source": instance,
            "health": health(instance) if isinstance(instance, Source) else None,
            "may_change": request.user.has_perm("wire.change_source"),
            "csrf_token": parent_context.get("csrf_token", ""),
        }
