"""Who may not comment."""

from __future__ import annotations

from typing import Any

from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, ObjectList
from wagtail.admin.viewsets.model import ModelViewSet

from broadsheet.readers.comments.models import Ban
from broadsheet.readers.newsletters.decide.mailboxes import key_of, mailbox


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
    list_display = ["email_key", "reason", "until", "by", "created_at"]
    search_fields = ["email_key", "reason"]
    search_backend_name = None
    edit_handler = ObjectList(
        [FieldPanel("email_key"), FieldPanel("until"), FieldPanel("reason")], base_form_class=BanForm
    )
