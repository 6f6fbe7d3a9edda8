"""Subscribers: found by address, taken on from a file, written to one."""

from __future__ import annotations

import io
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic.base import TemplateView, View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin

from broadsheet.desk.newsletters.forms import ImportForm
from broadsheet.readers import spreadsheets
from broadsheet.readers.newsletters.actions import subscribing, transfer
from broadsheet.readers.newsletters.decide.mailboxes import key_of
from broadsheet.readers.newsletters.errors import BadImport
from broadsheet.readers.newsletters.models import Newsletter, Subscriber, Suppression

PER_PAGE = 50


class SubscriberScreen(PermissionCheckedMixin, WagtailAdminTemplateMixin, TemplateView):
    """What the screens share."""

    model = Subscriber
    permission_required = "view"
    header_icon = "group"
    page_title = "Subscribers"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": reverse("subscribers:list"), "label": _("Subscribers")}]


class SubscribersView(SubscriberScreen):
    """Everybody, newest first; one found by the beginning of the address."""

    template_name = "desk/newsletters/subscribers.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = self.request.GET.get("q", "").strip()
        found = Subscriber.objects.prefetch_related("subscriptions__newsletter", "consents__newsletter")
        if words:
            found = found.filter(email_key__startswith=key_of(words))
        page = Paginator(found, PER_PAGE).get_page(self.request.GET.get("p"))
        keys = [person.email_key for person in page]
        suppressed = {row.email_key: row for row in Suppression.objects.filter(email_key__in=keys)}
        rows = [(person, suppressed.get(person.email_key)) for person in page]
        user = self.request.user
        context = {
            "page": page,
            "rows": rows,
            "words": words,
            "may_change": user.has_perm("newsletters.change_subscriber"),
        }
        return {**super().get_context_data(**kwargs), **context}


class ImportView(SubscriberScreen):
    """Take on subscribers from a file."""

    permission_required = "change"
    template_name = "desk/newsletters/import.html"
    page_title = "Import subscribers"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": _("Import subscribers")}]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return {"form": ImportForm(), **super().get_context_data(**kwargs)}

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        form, report = ImportForm(request.POST, request.FILES), None
        if form.is_valid():
            text = io.TextIOWrapper(form.cleaned_data["file"].file, encoding="utf-8-sig", newline="")
            try:
                report = transfer.import_subscribers(text, form.cleaned_data["newsletter"])
            except BadImport as error:
                form.add_error("file", str(error))
        return self.render_to_response(self.get_context_data(form=form, report=report))


class ExportView(PermissionCheckedMixin, View):
    """Everybody as CSV, with the proof of their consent."""

    model = Subscriber
    permission_required = "change"

    def get(self, request: HttpRequest) -> StreamingHttpResponse:
        newsletter = Newsletter.objects.filter(slug=request.GET.get("list", "")).first()
        name = f"subscribers-{timezone.localdate():%Y-%m-%d}.csv"
        return StreamingHttpResponse(
            spreadsheets.lines(transfer.export_subscribers(newsletter)),
            content_type="text/csv; charset=utf-8",
            headers={"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "private, no-store"},
        )


class ForgetView(PermissionCheckedMixin, View):
    """Delete a subscriber, as the law lets them ask."""

    model = Subscriber
    permission_required = "change"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        subscribing.forget(get_object_or_404(Subscriber, pk=pk))
        messages.success(request, _("The address and all that was known of it is deleted."))
        return redirect("subscribers:list")
