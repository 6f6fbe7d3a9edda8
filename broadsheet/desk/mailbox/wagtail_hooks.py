"""Where the mailbox meets Wagtail's admin."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import include, path, reverse
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from broadsheet.desk.mailbox import backend


class MailboxMenuItem(MenuItem):
    """Shown where mail is kept, to whoever may read it."""

    def is_shown(self, request: Any) -> bool:
        keeps = f"{backend.__name__}.{backend.MailboxBackend.__name__}" == settings.EMAIL_BACKEND
        return bool(keeps and request.user.has_perm("mailbox.view_keptmail"))


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    """The mailbox's screens."""
    return [path("mailbox/", include("broadsheet.desk.mailbox.urls"))]


@hooks.register("register_admin_menu_item")
def menu() -> MenuItem:
    """The mailbox."""
    return MailboxMenuItem("Mailbox", reverse("mailbox:list"), name="mailbox", icon_name="mail", order=90)


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """Who may read the mail."""
    return Permission.objects.filter(content_type__app_label="mailbox")
