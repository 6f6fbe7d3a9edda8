"""Sources and filing rules in the admin."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path, reverse
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel, ObjectList
from wagtail.admin.ui.tables import BooleanColumn
from wagtail.admin.views import generic
from wagtail.admin.viewsets.base import ViewSetGroup
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.admin.widgets.button import Button

from broadsheet.desk.sources import views
from broadsheet.desk.sources.columns import SourceColumn
from broadsheet.desk.sources.forms import RuleForm, SourceForm
from broadsheet.desk.sources.reads import brought_today
from broadsheet.wire.models import FilingRule, Source

SOURCE_PANELS = [
    MultiFieldPanel(
        [FieldPanel("name"), FieldPanel("url"), FieldPanel("active"), FieldPanel("muted_until")], "The source"
    ),
    MultiFieldPanel(
        [
            FieldPanel("rights"),
            FieldRowPanel([FieldPanel("licence"), FieldPanel("licence_url")]),
            FieldPanel("images_allowed"),
            FieldPanel("extract_full_text"),
            FieldRowPanel([FieldPanel("embargo_minutes"), FieldPanel("expires_after_days")]),
        ],
        "Rights",
    ),
    MultiFieldPanel([FieldPanel("section_hint"), FieldPanel("filing"), FieldPanel("language")], "Filing"),
]
RULE_PANELS = [
    MultiFieldPanel(
        [FieldPanel("source"), FieldPanel("include_words"), FieldPanel("exclude_words")], "Reports like these"
    ),
    MultiFieldPanel([FieldRowPanel([FieldPanel("language"), FieldPanel("category")])], "And"),
    MultiFieldPanel([FieldPanel("action"), FieldPanel("section")], "Are dealt with so"),
    FieldPanel("active"),
]


class SourceIndex(generic.IndexView):
    """The sources with their state."""

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(*args, **kwargs)
        shown = list(context["object_list"])
        counts = brought_today(shown)
        for source in shown:
            source.brought_today = counts.get(source.pk, 0)
        return context

    def get_base_queryset(self) -> Any:
        return super().get_base_queryset().order_by("name", "pk")

    @property
    def header_more_buttons(self) -> list[Any]:
        buttons = [Button("Export OPML", url=reverse("sources:export"), icon_name="download", priority=90)]
        if self.request.user.has_perm("wire.add_source"):
            buttons.append(Button("Import OPML", url=reverse("sources:import"), icon_name="upload", priority=80))
        return buttons


class SourceViewSet(ModelViewSet):
    """Who the wire listens to."""

    model = Source
    name = "sources"
    url_prefix = "sources"
    icon = "desk-wire"
    menu_label = "Sources"
    copy_view_enabled = False
    add_to_reference_index = False
    index_view_class = SourceIndex
    index_template_name = "desk/stacked.html"
    list_per_page = 50
    list_display = [
        "name",
        SourceColumn("state", "state", label="State"),
        SourceColumn("times", "times", label="Polls"),
        SourceColumn("today", "today", label="Reports"),
        SourceColumn("rights", "rights", label="Rights and filing"),
        SourceColumn("acts", "acts", label=""),
    ]
    list_filter = ["active", "rights", "filing"]
    search_fields = ["name", "url"]
    search_backend_name = None
    edit_handler = ObjectList(SOURCE_PANELS, base_form_class=SourceForm)

    @property
    def add_view(self) -> Any:
        return views.AddSourceView.as_view()

    def get_urlpatterns(self) -> list[URLPattern]:
        return [
            *super().get_urlpatterns(),
            path("export/", views.ExportView.as_view(), name="export"),
            path("import/", views.ImportView.as_view(), name="import"),
            path("<int:pk>/poll/", views.PollView.as_view(), name="poll"),
            path("<int:pk>/switch/", views.SwitchView.as_view(), name="switch"),
        ]


class FilingRuleViewSet(ModelViewSet):
    """Which reports are filed by themselves, and where."""

    model = FilingRule
    name = "filing_rules"
    url_prefix = "filing-rules"
    icon = "tasks"
    menu_label = "Filing rules"
    add_to_reference_index = False
    sort_order_field = "position"
    ordering = ["position", "id"]
    list_display = [
        "__str__",
        SourceColumn("words", "rule_words", label="Reports"),
        "section",
        BooleanColumn("active", label="Active"),
    ]
    edit_handler = ObjectList(RULE_PANELS, base_form_class=RuleForm)


class SourceGroup(ViewSetGroup):
    """The menu's entry for both."""

    menu_label = "Sources"
    menu_icon = "cogs"
    menu_order = 70
    items = (SourceViewSet, FilingRuleViewSet)
