"""The queue's screen."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.views.generic.base import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from broadsheet.desk.comments import queue
from broadsheet.desk.comments.access import BAN, DECIDE, SeesComments
from broadsheet.desk.wire_desk.views import has_shortcuts


class QueueView(SeesComments, WagtailAdminTemplateMixin, TemplateView):
    """Comments by their state, newest first."""

    template_name = "desk/comments/queue.html"
    page_title = "Comments"
    header_icon = "comment"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": "Comments"}]

    @property
    def header_buttons(self) -> list[Any]:
        if not self.request.user.has_perm(BAN):
            return []
        return [HeaderButton("Bans", url=reverse("comment_bans:index"), icon_name="cross")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filters = queue.read_filters(self.request.GET)
        rows, older = queue.read_rows(filters)
        return {
            **super().get_context_data(**kwargs),
            "filters": filters,
            "rows": rows,
            "tabs": [(value, label, filters.query(state=value)) for value, label in queue.TABS],
            "older": filters.query(before=older) if older else "",
            "may_decide": self.request.user.has_perm(DECIDE),
            "may_ban": self.request.user.has_perm(BAN),
            "shortcuts": has_shortcuts(self.request.user),
        }
