"""What readers search for, and what they do not find."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.generic.base import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.desk.reading.access import SeesReading
from broadsheet.readers.search import terms
from broadsheet.readers.spreadsheets import harmless, lines

SPANS = {"1": "Today", "7": "7 days", "30": "30 days", "90": "90 days"}


class SearchesView(SeesReading, WagtailAdminTemplateMixin, TemplateView):
    """The terms of some days, those asked for most first; beside them those that found nothing."""

    template_name = "desk/searches/terms.html"
    page_title = "Searches"
    header_icon = "search"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": "Searches"}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        days = _days(self.request)
        return {
            **super().get_context_data(**kwargs),
            "span": days,
            "spans": list(SPANS.items()),
            "terms": terms.asked_for(int(days)),
            "in_vain": terms.asked_for(int(days), in_vain=True),
            "shown_from": terms.SHOWN_FROM,
        }


class ExportView(SeesReading, View):
    """The same as a CSV file."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """``days`` is a name of SPANS."""
        rows = terms.asked_for(int(_days(request)))
        table = [(harmless(row["text"]), row["asked"], row["found"]) for row in rows]
        text = "".join(lines([("searched for", "times", "found"), *table]))
        headers = {"Content-Disposition": 'attachment; filename="searches.csv"', "Cache-Control": "private, no-store"}
        return HttpResponse(text, content_type="text/csv; charset=utf-8", headers=headers)


def _days(request: HttpRequest) -> str:
    asked = request.GET.get("days", "")
    return asked if asked in SPANS else "7"
