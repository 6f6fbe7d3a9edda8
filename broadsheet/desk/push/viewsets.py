"""What devices were told, in the admin: to look at only."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from broadsheet.desk.columns import ClockColumn
from broadsheet.readers.push.models import Alert, Device


def article_url(alert: Alert) -> str:
    """Where its article is edited."""
    return reverse("wagtailadmin_pages:edit", args=[alert.article_id])


def devices(alert: Alert) -> str:
    """What became of it, counted."""
    parts = [f"{alert.sent:,} told"]
    if alert.gone:
        parts.append(f"{alert.gone:,} want none any more")
    if alert.failed:
        parts.append(f"{alert.failed:,} not reached")
    return ", ".join(parts)


class AlertIndex(generic.IndexView):
    """Every alert, newest first, with what became of it."""

    add_url = None
    default_ordering = "-pk"

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("article")

    def get_edit_url(self, instance: Alert) -> str | None:
        return None

    def get_delete_url(self, instance: Alert) -> str | None:
        return None

    def get_page_subtitle(self) -> str:
        count = Device.objects.count()
        return f"{count:,} device{'' if count == 1 else 's'}"


class Nobody(generic.EditView):
    """Nobody makes, changes or deletes what was sent."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raise Http404


class AlertViewSet(ModelViewSet):
    """Notifications of breaking news."""

    model = Alert
    name = "alerts"
    url_prefix = "notifications"
    icon = "mobile-alt"
    menu_label = "Notifications"
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = AlertIndex
    add_view_class = edit_view_class = delete_view_class = Nobody
    form_fields: list[str] = []
    index_template_name = "desk/stacked.html"
    list_display = [
        TitleColumn("article", label="Article", get_url=article_url),
        Column("get_state_display", label="State", sort_key="state"),
        Column("devices", label="Devices", accessor=devices),
        ClockColumn("created_at", label="Begun"),
    ]
    list_filter = ["state"]
    search_backend_name = None
