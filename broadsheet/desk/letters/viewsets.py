"""Readers' messages in the admin: a queue to read, take in hand and close."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.admin.ui.tables import Column
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet

from broadsheet.desk.columns import ClockColumn
from broadsheet.readers.contact.models import Message

WAITING = (Message.State.NEW, Message.State.OPEN)


class MessageForm(WagtailAdminModelForm):
    """State and note; whoever changes the state is named as handling it."""

    def save(self, commit: bool = True) -> Any:
        if "state" in self.changed_data and self.for_user is not None:
            self.instance.handled_by = self.for_user
        return super().save(commit)


class MessageIndex(generic.IndexView):
    """The queue, newest first; what is done is out of the way unless it is asked for."""

    add_url = None

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("handled_by")

    def filter_queryset(self, queryset: Any) -> Any:
        if "state" not in self.request.GET and not self.is_searching:
            queryset = queryset.filter(state__in=WAITING)
        return super().filter_queryset(queryset)


class NobodyAdds(generic.CreateView):
    """Messages come from readers only."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        raise Http404


class MessagesMenuItem(MenuItem):
    """The queue, with the number of new messages."""

    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm("contact.view_message") or request.user.has_perm("contact.change_message"))

    def render_component(self, request: Any) -> LinkMenuItem:
        count = Message.objects.filter(state=Message.State.NEW).order_by()[:100].count()
        label = f"{self.label} ({'99+' if count == 100 else count})" if count else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name, classname=self.classname)


class MessageViewSet(ModelViewSet):
    """What readers wrote."""

    model = Message
    name = "messages"
    url_prefix = "messages"
    icon = "mail"
    menu_label = "Messages"
    menu_order = 80
    menu_item_class = MessagesMenuItem
    add_to_admin_menu = True
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = MessageIndex
    add_view_class = NobodyAdds
    list_per_page = 40
    index_template_name = "desk/stacked.html"
    list_display = [
        "__str__",
        "kind",
        "name",
        "state",
        Column("handled_by", label="Handled by"),
        ClockColumn("created_at", label="Came in", sort_key="created_at"),
    ]
    list_filter = ["state", "kind"]
    search_fields = ["name", "email", "subject", "text", "url"]
    search_backend_name = None
    edit_handler = ObjectList(
        [
            MultiFieldPanel(
                [
                    FieldRowPanel([FieldPanel("kind", read_only=True), FieldPanel("created_at", read_only=True)]),
                    FieldRowPanel([FieldPanel("name", read_only=True), FieldPanel("email", read_only=True)]),
                    FieldPanel("subject", read_only=True),
                    FieldPanel("url", read_only=True),
                    FieldPanel("grounds", read_only=True),
                    FieldPanel("text", read_only=True),
                ],
                "The message",
            ),
            MultiFieldPanel([FieldPanel("state"), FieldPanel("note")], "What is done about it"),
        ],
        base_form_class=MessageForm,
    )
