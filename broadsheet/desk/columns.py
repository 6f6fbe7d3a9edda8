"""Columns of the admin's lists as the desk wants them."""

from __future__ import annotations

from typing import Any

from wagtail.admin.ui.tables import Column

from broadsheet.desk.templatetags.desk_tags import clock


class ClockColumn(Column):
    """A time, written as on the desk's own screens."""

    def get_value(self, instance: Any) -> str:
        return clock(super().get_value(instance))
