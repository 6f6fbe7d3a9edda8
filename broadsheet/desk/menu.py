"""The desk's entries in the admin's menu."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.sidebar import LinkMenuItem
from wagtail.models import Page
from wagtail.permissions import policy_registry

from broadsheet.desk.comments import queue as comments_queue
from broadsheet.desk.comments.access import DECIDE as DECIDE_COMMENTS
from broadsheet.desk.comments.access import SEE as SEE_COMMENTS
from broadsheet.desk.reading.access import SEE as SEE_READING
from broadsheet.desk.wire_desk import queue
from broadsheet.desk.wire_desk.access import may_see


class WireMenuItem(MenuItem):
    """The wire, with the number of reports that wait."""

    def is_shown(self, request: Any) -> bool:
        return may_see(request.user)

    def render_component(self, request: Any) -> LinkMenuItem:
        count = queue.count_new()
        shown = f"{queue.MOST_COUNTED - 1}+" if count >= queue.MOST_COUNTED else str(count)
        label = f"{self.label} ({shown})" if count else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name, classname=self.classname)


class PagesMenuItem(MenuItem):
    """An entry for whoever may work on pages anywhere."""

    def is_shown(self, request: Any) -> bool:
        policy = policy_registry.get_by_type(Page)
        return bool(policy.user_has_any_permission(request.user, {"add", "change", "publish"}))


class PermittedMenuItem(MenuItem):
    """An entry for whoever has a permission on a model."""

    def __init__(self, *args: Any, permissions: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.permissions = permissions

    def is_shown(self, request: Any) -> bool:
        return any(request.user.has_perm(permission) for permission in self.permissions)


def wire() -> MenuItem:
    """The wire desk."""
    return WireMenuItem("Wire", reverse("desk_wire:queue"), name="desk-wire", icon_name="desk-wire", order=10)


def articles() -> MenuItem:
    """The list of articles."""
    url = reverse("desk_articles:list")
    return PagesMenuItem("Articles", url, name="desk-articles", icon_name="doc-full", order=20)


def fronts() -> MenuItem:
    """The fronts."""
    return PagesMenuItem("Fronts", reverse("desk_fronts"), name="desk-fronts", icon_name="grip", order=30)


def reading() -> MenuItem:
    """What is being read."""
    url = reverse("desk_reading:now")
    return PermittedMenuItem(
        "Reading", url, name="desk-reading", icon_name="view", order=40, permissions=(SEE_READING,)
    )


class CommentsMenuItem(MenuItem):
    """The comments' queue, with the number of those that wait."""

    def is_shown(self, request: Any) -> bool:
        return bool(request.user.has_perm(SEE_COMMENTS) or request.user.has_perm(DECIDE_COMMENTS))

    def render_component(self, request: Any) -> LinkMenuItem:
        count = comments_queue.count_waiting()
        shown = f"{count - 1}+" if count >= comments_queue.MOST_COUNTED else str(count)
        label = f"{self.label} ({shown})" if count else self.label
        return LinkMenuItem(self.name, label, self.url, icon_name=self.icon_name, classname=self.classname)


def comments() -> MenuItem:
    """What readers wrote below articles."""
    return CommentsMenuItem(
        "Comments", reverse("desk_comments:queue"), name="desk-comments", icon_name="comment", order=50
    )


def searches() -> MenuItem:
    """What readers search for."""
    url = reverse("desk_searches:terms")
    return PermittedMenuItem(
        "Searches", url, name="desk-searches", icon_name="search", order=45, permissions=(SEE_READING,)
    )


def people() -> MenuItem:
    """Authors."""
    url = reverse("wagtailsnippets_newsroom_person:list")
    return PermittedMenuItem("People", url, name="desk-people", icon_name="user", order=350, permissions=_any("person"))


def topics() -> MenuItem:
    """Topics."""
    url = reverse("wagtailsnippets_newsroom_topic:list")
    return PermittedMenuItem("Topics", url, name="desk-topics", icon_name="tag", order=360, permissions=_any("topic"))


def tidy(request: Any, items: list[MenuItem]) -> None:
    """Snippets are only people and topics here, and those have entries of their own."""
    items[:] = [item for item in items if item.name != "snippets"]


def _any(model: str) -> tuple[str, ...]:
    return tuple(f"newsroom.{action}_{model}" for action in ("add", "change", "view"))
