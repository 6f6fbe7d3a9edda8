"""The list of fronts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.views.generic.base import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.models import Page

from broadsheet.desk.fronts.reads import fronts, problems_on
from broadsheet.desk.grants import grants
from broadsheet.newsroom.models import HomePage, Section


class FrontsView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """The home page and the sections, with what wants mending."""

    model = Page
    any_permission_required = ["add", "change", "publish"]
    template_name = "desk/fronts/list.html"
    page_title = "Fronts"
    header_icon = "grip"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": "Fronts"}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        granted = grants(self.request.user)
        listed = [(front, granted.may_edit(front.page)) for front in fronts()]
        return {**super().get_context_data(**kwargs), "fronts": listed}


def warn_of_problems(request: HttpRequest, page: Any) -> None:
    """After a front was saved by hand or published: say what readers will not see as it was meant."""
    if not isinstance(page, HomePage | Section) or "application/json" in request.headers.get("Accept", ""):
        return
    for problem in problems_on(page)[:5]:
        messages.warning(request, str(problem))
