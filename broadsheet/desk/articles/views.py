"""The screens of articles: the list, and choosing a section for a new one."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic.base import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.admin.widgets.button import HeaderButton
from wagtail.models import Page

from broadsheet.desk.articles.filters import LABELS, Filters, read_filters
from broadsheet.desk.articles.listing import read_list
from broadsheet.desk.sections import sections_for
from broadsheet.newsroom.models import Person


class ArticlesView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Articles, last changed first."""

    model = Page
    any_permission_required = ["add", "change", "publish"]
    template_name = "desk/articles/list.html"
    page_title = "Articles"
    header_icon = "doc-full"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": "Articles"}]

    @property
    def header_buttons(self) -> list[Any]:
        if not self.user_has_permission("add"):
            return []
        return [HeaderButton("New article", url=reverse("desk_articles:new"), icon_name="plus")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filters = read_filters(self.request.GET)
        sections = sections_for(self.request.user)
        listed = read_list(filters, self.request.user, sections)
        return {
            **super().get_context_data(**kwargs),
            "filters": filters,
            "listed": listed,
            "sections": sections,
            "states": list(LABELS.items()),
            "authors": Person.objects.order_by("name").values("pk", "name")[:500],
            "older": _address(filters, f"before={listed.older}") if listed.older else "",
            "newest": _address(filters) if filters.before else "",
        }


class NewArticleView(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """Which section is the new article for?"""

    model = Page
    permission_required = "add"
    template_name = "desk/articles/new.html"
    page_title = "New article"
    header_icon = "doc-full"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        here = [{"url": reverse("desk_articles:list"), "label": "Articles"}, {"url": "", "label": "New article"}]
        return [*super().get_breadcrumbs_items(), *here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sections = [section for section in sections_for(self.request.user) if section.may_write]
        return {**super().get_context_data(**kwargs), "sections": sections}


def live(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to an article as readers see it; its address is worked out only for the one that is asked for."""
    article = get_object_or_404(Page.objects.filter(live=True), pk=pk)
    address = article.get_url(request)
    if address is None:
        raise Http404
    return redirect(address)


def _address(filters: Filters, more: str = "") -> str:
    query = "&".join(part for part in (filters.query(), more) if part)
    return f"{reverse('desk_articles:list')}?{query}" if query else reverse("desk_articles:list")
