"""Screens of sources that the generic ones do not cover: adding by address, OPML, polling, the switch."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic.base import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from broadsheet.desk.actions import sources as verbs
from broadsheet.desk.sources.forms import AddressForm, NewSourceForm, OpmlForm
from broadsheet.press.mains import waiting_for_others
from broadsheet.wire import actions as wire
from broadsheet.wire.errors import WireError
from broadsheet.wire.models import Filing, Rights, Source

SHOWN_ENTRIES = 8


class SourceScreen(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """What the screens share: permission, place, way back."""

    model = Source
    header_icon = "desk-wire"
    permission_required = "add"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        here = [{"url": reverse("sources:index"), "label": "Sources"}, {"url": "", "label": self.page_title}]
        return [*super().get_breadcrumbs_items(), *here]


class AddSourceView(SourceScreen):
    """Add a source in two steps: its address, then what it would bring and what is agreed with it."""

    template_name = "desk/sources/add.html"
    page_title = "Add a source"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if "address" not in request.GET:
            return self._ask(AddressForm())
        form = AddressForm(request.GET)
        return self._look(form) if form.is_valid() else self._ask(form)

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NewSourceForm(request.POST)
        if not form.is_valid():
            return self._agree(form, form.data.get("address", ""))
        agreed = form.cleaned_data
        try:
            with waiting_for_others():
                source, new = wire.add_source(
                    agreed["address"],
                    name=agreed["name"],
                    rights=agreed["rights"],
                    licence=agreed["licence"],
                    licence_url=agreed["licence_url"],
                    images_allowed=agreed["images_allowed"],
                    section=agreed["section"],
                    filing=agreed["filing"],
                )
        except (WireError, ValueError) as error:
            form.add_error(None, str(error))
            return self._agree(form, agreed["address"])
        if new:
            verbs.poll_soon(source)
            messages.success(request, f"{source} is being listened to: its first reports come in now.")
        else:
            messages.warning(request, f"{source} was there already, with its own settings: change them here.")
        return redirect("sources:index" if new else reverse("sources:edit", args=[source.pk]))

    def _ask(self, form: AddressForm) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form))

    def _look(self, form: AddressForm) -> HttpResponse:
        try:
            with waiting_for_others():
                found = wire.probe(form.cleaned_data["address"])
        except WireError as error:
            form.add_error("address", str(error))
            return self._ask(form)
        known = Source.objects.filter(url=found.url).first()
        if known is not None:
            messages.info(self.request, f"{known} is listened to already: these are its settings.")
            return redirect("sources:edit", known.pk)
        start = {"address": found.url, "name": found.feed.title, "rights": Rights.HEADLINE, "filing": Filing.HOLD}
        context = {"found": found, "entries": found.feed.items[:SHOWN_ENTRIES], "total": len(found.feed.items)}
        return self.render_to_response(self.get_context_data(form=NewSourceForm(initial=start), **context))

    def _agree(self, form: NewSourceForm, address: str) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=form, address=address, agreeing=True))


class ImportView(SourceScreen):
    """Take on the feeds of an OPML file."""

    template_name = "desk/sources/import.html"
    page_title = "Import OPML"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(form=OpmlForm()))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = OpmlForm(request.POST, request.FILES)
        if form.is_valid():
            found = form.cleaned_data["file"]
            try:
                report = wire.import_opml(found.read(), found.name)
            except WireError as error:
                form.add_error("file", str(error))
            else:
                messages.success(request, f"{report.added} sources added, {report.known} were known already.")
                return redirect("sources:index")
        return self.render_to_response(self.get_context_data(form=form))


class ExportView(PermissionCheckedMixin, View):
    """Every source as an OPML file."""

    model = Source
    any_permission_required = ["add", "change", "view"]

    def get(self, request: HttpRequest) -> HttpResponse:
        name = f"sources-{timezone.localdate():%Y-%m-%d}.opml"
        return HttpResponse(
            wire.export_opml(),
            content_type="text/x-opml; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"'},
        )


class PollView(PermissionCheckedMixin, View):
    """Ask a source now."""

    model = Source
    permission_required = "change"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        source = get_object_or_404(Source, pk=pk)
        verbs.poll_soon(source)
        messages.success(request, f"{source} is being asked now: reload in a moment for what came of it.")
        return redirect("sources:index")


class SwitchView(PermissionCheckedMixin, View):
    """Switch a source on or off."""

    model = Source
    permission_required = "change"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        source = get_object_or_404(Source, pk=pk)
        verbs.switch(source, on=not source.active)
        messages.success(request, f"{source} is {'listened to again' if source.active else 'switched off'}.")
        return redirect("sources:index")
