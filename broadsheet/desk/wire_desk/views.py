"""The wire desk's screens: the queue, one report, what came since."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic.base import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from broadsheet.desk.decide import suggested_slugs
from broadsheet.desk.sections import SectionChoice, by_slug, sections_for
from broadsheet.desk.wire_desk import queue
from broadsheet.desk.wire_desk.access import SeesWire, may_decide
from broadsheet.desk.wire_desk.filters import Filters, read_filters, read_mark
from broadsheet.wire.models import Item, Rights, Source, Status


class QueueView(SeesWire, WagtailAdminTemplateMixin, TemplateView):
    """The queue, newest first."""

    template_name = "desk/wire/queue.html"
    page_title = "Wire"
    header_icon = "desk-wire"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": "Wire"}]

    @property
    def header_buttons(self) -> list[Any]:
        if not self.request.user.has_perm("wire.view_source"):
            return []
        return [HeaderButton("Sources", url=reverse("sources:index"), icon_name="cogs")]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        filters = read_filters(self.request.GET)
        sections = sections_for(self.request.user)
        page, known = queue.read_page(filters), by_slug(sections)
        return {
            **super().get_context_data(**kwargs),
            "filters": filters,
            "page": page,
            "rows": [(row, suggestion(row.item, known)) for row in page.rows],
            "sections": sections,
            "targets": [section for section in sections if section.may_write],
            "sources": Source.objects.order_by("name").values("pk", "name"),
            "statuses": [(value, label, f"?{filters.at(value).query()}") for value, label in Status.choices],
            "rights": Rights.choices,
            "older": address(filters, f"before={page.older}") if page.older else "",
            "newest": address(filters),
            "newer_url": f"{reverse('desk_wire:newer')}?{filters.query()}",
            "may_decide": may_decide(self.request.user),
            "shortcuts": has_shortcuts(self.request.user),
            "now": timezone.now(),
        }


class ItemView(SeesWire, WagtailAdminTemplateMixin, TemplateView):
    """One report: its cleaned text, rights, earlier versions, and who else carried it."""

    page_title = "Wire"
    header_icon = "desk-wire"

    def get_template_names(self) -> list[str]:
        return ["desk/wire/pane.html" if "pane" in self.request.GET else "desk/wire/item.html"]

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        here = [{"url": reverse("desk_wire:queue"), "label": "Wire"}, {"url": "", "label": str(self.item)[:60]}]
        return [*super().get_breadcrumbs_items(), *here]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        self.item = get_object_or_404(Item.objects.select_related("source"), pk=self.kwargs["pk"])
        sections = [section for section in sections_for(self.request.user) if section.may_write]
        return {
            **super().get_context_data(**kwargs),
            "row": queue.row_of(self.item),
            "item": self.item,
            "sightings": self.item.sightings.select_related("source"),
            "versions": self.item.versions.all()[:10],
            "targets": sections,
            "suggestion": suggestion(self.item, by_slug(sections)),
            "may_decide": may_decide(self.request.user),
        }


class NewerView(SeesWire, View):
    """How many reports have come since the page was read; asked every few seconds by open queues."""

    def get(self, request: HttpRequest) -> HttpResponse:
        since = read_mark(request.GET.get("since", ""))
        count = queue.count_newer(read_filters(request.GET), since)
        return JsonResponse({"count": count, "more": count >= queue.MOST_COUNTED})


def suggestion(item: Item, known: dict[str, SectionChoice]) -> SectionChoice | None:
    """The section a report most likely belongs to, among the published ones."""
    slugs = suggested_slugs(item.section_hint, item.categories)
    return next((known[slug] for slug in slugs if slug in known and known[slug].live), None)


def address(filters: Filters, more: str = "") -> str:
    """The queue's address with filters."""
    query = "&".join(part for part in (filters.query(), more) if part)
    return f"{reverse('desk_wire:queue')}?{query}" if query else reverse("desk_wire:queue")


def has_shortcuts(user: Any) -> bool:
    """Whether the user wants keyboard shortcuts, as set in the account."""
    profile = getattr(user, "wagtail_userprofile", None)
    return bool(getattr(profile, "keyboard_shortcuts", True))
