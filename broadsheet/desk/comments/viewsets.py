"""Who may not comment."""

from __future__ import annotations

from typing import Any

from django.utils import timezone
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.ui.tables import Column
from wagtail.admin.viewsets.model import ModelViewSet

from broadsheet.desk.columns import ClockColumn
from broadsheet.desk.templatetags.desk_tags import clock
from broadsheet.readers.comments.models import Ban
from broadsheet.readers.newsletters.decide.mailboxes import key_of, mailbox


def ends(ban: Ban) -> str:
    """Until when it holds."""
    if ban.until is None:
        return "For good"
    return f"Until {clock(ban.until)}" if ban.until > timezone.now() else f"Ended {clock(ban.until)}"


class BanForm(WagtailAdminModelForm):
    """A mailbox, written as people write it."""

    def clean_email_key(self) -> str:
        found = mailbox(self.cleaned_data["email_key"])
        if found is None:
            self.add_error("email_key", "Please write an address such as you@example.org.")
            return ""
        return key_of(found)

    def save(self, commit: bool = True) -> Any:
        self.instance.by = self.for_user
        return super().save(commit)


class BanViewSet(ModelViewSet):
    """Bans, to look at, to set and to lift."""

    model = Ban
    name = "comment_bans"
    url_prefix = "comment-bans"
    icon = "cross"
    menu_label = "Bans"
    add_to_reference_index = False
    copy_view_enabled = False
    index_template_name = "desk/stacked.html"
    list_display = [
        "email_key",
        "reason",
        Column("ends", label="Holds", accessor=ends, sort_key="until"),
        Column("by", label="Set by"),
        ClockColumn("created_at", label="Set", sort_key="created_at"),
    ]
    search_fields = ["email_key", "reason"]
    search_backend_name = None
    edit_handler = ObjectList(
        [FieldPanel("email_key"), FieldPanel("until"), FieldPanel("reason")], base_form_class=BanForm
    )
