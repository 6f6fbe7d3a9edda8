"""The screen "Reading now": who reads what, where from, how far; pins; the export."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic.base import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from broadsheet.desk.reading import reads
from broadsheet.desk.reading.access import SeesReading, may_pin
from broadsheet.desk.reading.forms import PinForm
from broadsheet.readers.reading import export, pins
from broadsheet.readers.reading.errors import NoSuchPeriod
from broadsheet.readers.reading.models import HotPin

NEVER_KEPT = "private, no-store"


class Figures:
    """What the screen shows and brings up to date."""

    request: HttpRequest

    def figures(self) -> dict[str, Any]:
        """Everything, in a fixed number of queries."""
        period = self.request.GET.get("period", "")
        period = period if period in reads.PERIODS else "now"
        groups, hosts = reads.read_origins()
        return {
            "now": reads.read_now(),
            "articles": reads.read_articles(period),
            "period": period,
            "periods": list(reads.PERIODS.items()),
            "groups": groups,
            "hosts": hosts,
            "depth": reads.read_depth(),
            "may_pin": may_pin(self.request.user),
        }


class ReadingView(SeesReading, Figures, WagtailAdminTemplateMixin, TemplateView):
    """The whole screen."""

    template_name = "desk/reading/now.html"
    page_title = "Reading now"
    header_icon = "view"
    form: PinForm | None = None

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": "Reading now"}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        found = self.figures()
        today = timezone.localdate()
        more: dict[str, Any] = {"today": today, "month": today - timedelta(days=30)}
        if found["may_pin"]:
            more |= {"form": self.form or PinForm(), "pins": reads.read_pins()}
        return {**super().get_context_data(**kwargs), **found, **more}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Pin an article."""
        if not may_pin(request.user):
            raise PermissionDenied
        self.form = PinForm(request.POST)
        if not self.form.is_valid():
            return self.render_to_response(self.get_context_data(), status=422)
        values = self.form.cleaned_data
        made = pins.pin(values["article"], values["place"], values["until"], request.user)
        messages.success(request, f"“{made.article.title}” is kept at place {made.place} of What’s hot.")
        return redirect("desk_reading:now")


class FiguresView(SeesReading, Figures, TemplateView):
    """The figures alone, for the screen that brings itself up to date."""

    template_name = "desk/reading/figures.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(**kwargs), **self.figures()}

    def render_to_response(self, context: dict[str, Any], **kwargs: Any) -> HttpResponse:
        return super().render_to_response(context, headers={"Cache-Control": NEVER_KEPT}, **kwargs)


class UnpinView(View):
    """Take a pin away."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Do it."""
        if not may_pin(request.user):
            raise PermissionDenied
        found = get_object_or_404(HotPin.objects.select_related("article"), pk=pk)
        pins.unpin(found)
        messages.success(request, f"“{found.article.title}” is not kept in What’s hot any more.")
        return redirect("desk_reading:now")


class ExportView(SeesReading, View):
    """The views of each article by day, as a file that is made while it is sent."""

    def get(self, request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
        """``from`` and ``to`` are dates, ``format`` is csv or json."""
        form = request.GET.get("format", "csv")
        try:
            days = export.days(request.GET.get("from", ""), request.GET.get("to", ""))
            write = export.FORMATS[form]
        except NoSuchPeriod as error:
            return HttpResponseBadRequest(str(error), content_type="text/plain; charset=utf-8")
        except KeyError:
            return HttpResponseBadRequest("The format is csv or json.", content_type="text/plain; charset=utf-8")
        name = f"reading-{days.first}-{days.last}.{form}"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": NEVER_KEPT}
        return StreamingHttpResponse(write(days), content_type=export.TYPES[form], headers=headers)
