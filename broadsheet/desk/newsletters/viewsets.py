"""Letters and lists in the admin."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path, reverse
from wagtail.admin.menu import MenuItem
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSet, ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet

from broadsheet.desk.columns import ClockColumn
from broadsheet.desk.menu import PermittedMenuItem
from broadsheet.desk.newsletters import columns, letter_views, preview, subscriber_views
from broadsheet.desk.newsletters.forms import LetterForm, NewsletterForm
from broadsheet.desk.newsletters.reads import results, subscribers_of
from broadsheet.desk.push.viewsets import AlertViewSet
from broadsheet.readers.newsletters.models import Letter, Newsletter, Suppression

LETTER_PANELS = [
    FieldPanel("subject"),
    FieldPanel("preheader"),
    FieldPanel("introduction"),
    InlinePanel("items", [FieldPanel("article"), FieldPanel("headline")], heading="Articles", label="Article"),
]
LIST_PANELS = [
    FieldRowPanel([FieldPanel("name"), FieldPanel("slug")]),
    FieldPanel("promise"),
    FieldPanel("carries"),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("rhythm"), FieldPanel("weekday"), FieldPanel("at")]),
            FieldRowPanel([FieldPanel("length"), FieldPanel("sends_itself")]),
        ],
        "When its letters come",
    ),
    MultiFieldPanel([FieldPanel("sender"), FieldPanel("imprint")], "From whom"),
    FieldRowPanel([FieldPanel("active"), FieldPanel("position")]),
]


class LetterIndex(generic.IndexView):
    """All letters, newest first; each opens its own screen."""

    add_item_label = "New letter"

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().select_related("newsletter").defer("html", "text")

    def get_edit_url(self, instance: Letter) -> str:
        return reverse("letters:show", args=[instance.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        found = results(context["object_list"])
        for letter in context["object_list"]:
            letter.results = found.get(letter.pk)
        return context


class LetterEdit(generic.EditView):
    """An editor's changes; what is out is as it is."""

    def get_queryset(self) -> Any:
        return super().get_queryset().filter(state__in=Letter.OPEN)

    def get_success_url(self) -> str:
        return reverse("letters:show", args=[self.object.pk])


class LetterViewSet(ModelViewSet):
    """The letters."""

    model = Letter
    name = "letters"
    url_prefix = "letters"
    icon = "mail"
    menu_label = "Letters"
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = LetterIndex
    index_template_name = "desk/stacked.html"
    edit_view_class = LetterEdit
    list_per_page = 40
    list_display = [
        "__str__",
        "newsletter",
        "state",
        ClockColumn("due_at", label="Goes at"),
        columns.ResultsColumn("results", label="Results"),
    ]
    list_filter = ["newsletter", "state"]
    search_fields = ["subject"]
    search_backend_name = None
    edit_handler = ObjectList(LETTER_PANELS, base_form_class=LetterForm)

    @property
    def add_view(self) -> Any:
        return letter_views.ComposeView.as_view()

    def get_urlpatterns(self) -> list[URLPattern]:
        acts = {
            "send": letter_views.SendNow,
            "time": letter_views.SendAt,
            "hold": letter_views.Hold,
            "cancel": letter_views.Cancel,
            "test": letter_views.TestMail,
            "decide": letter_views.Decide,
        }
        return [
            *super().get_urlpatterns(),
            path("<int:pk>/", letter_views.LetterScreen.as_view(), name="show"),
            path("<int:pk>/html/", preview.html, name="html"),
            *(path(f"<int:pk>/{name}/", view.as_view(), name=name) for name, view in acts.items()),
        ]


class NewsletterIndex(generic.IndexView):
    """The lists with their subscribers."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        on = subscribers_of(context["object_list"])
        for newsletter in context["object_list"]:
            newsletter.on = on.get(newsletter.pk, 0)
        return context


class NewsletterViewSet(ModelViewSet):
    """The lists."""

    model = Newsletter
    name = "newsletter_lists"
    url_prefix = "newsletter-lists"
    icon = "list-ul"
    menu_label = "Newsletters"
    add_to_reference_index = False
    copy_view_enabled = False
    index_view_class = NewsletterIndex
    index_template_name = "desk/stacked.html"
    list_display = [
        "name",
        "rhythm",
        columns.at,
        columns.subscribers,
        BooleanColumn("active", label="Offered"),
    ]
    search_backend_name = None
    edit_handler = ObjectList(LIST_PANELS, base_form_class=NewsletterForm)


class SuppressionViewSet(ModelViewSet):
    """Mailboxes that are not written to."""

    model = Suppression
    name = "suppressions"
    url_prefix = "suppressed-mailboxes"
    icon = "cross"
    menu_label = "Suppressed"
    add_to_reference_index = False
    copy_view_enabled = False
    index_template_name = "desk/stacked.html"
    list_display = ["email_key", "reason", "detail", ClockColumn("at", label="Since", sort_key="at")]
    list_filter = ["reason"]
    search_fields = ["email_key"]
    search_backend_name = None
    form_fields = ["email_key", "reason", "detail"]


class SubscriberViewSet(ViewSet):
    """Who gets letters."""

    name = "subscribers"
    url_prefix = "subscribers"
    icon = "group"
    menu_label = "Subscribers"

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            path("", subscriber_views.SubscribersView.as_view(), name="list"),
            path("import/", subscriber_views.ImportView.as_view(), name="import"),
            path("export/", subscriber_views.ExportView.as_view(), name="export"),
            path("<int:pk>/forget/", subscriber_views.ForgetView.as_view(), name="forget"),
        ]

    def get_menu_item(self, order: int | None = None) -> MenuItem:
        return PermittedMenuItem(
            self.menu_label,
            reverse("subscribers:list"),
            name=self.menu_name,
            icon_name=self.icon,
            order=order or 0,
            permissions=("newsletters.view_subscriber",),
        )


class LetterGroup(ViewSetGroup):
    """The menu's entry for all of them."""

    menu_label = "Newsletters"
    menu_icon = "mail"
    menu_order = 60
    items = (LetterViewSet, NewsletterViewSet, SubscriberViewSet, SuppressionViewSet, AlertViewSet)
