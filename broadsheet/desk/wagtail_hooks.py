"""Where the desk meets Wagtail's admin: nothing but registration."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.models import Permission
from django.db.models import QuerySet
from django.urls import include, path
from wagtail import hooks

from broadsheet.desk import menu
from broadsheet.desk.actions import failures
from broadsheet.desk.articles.viewsets import ArticleViewSet
from broadsheet.desk.comments.viewsets import BanViewSet
from broadsheet.desk.dashboard.panels import Overview
from broadsheet.desk.fronts.views import FrontsView, warn_of_problems
from broadsheet.desk.letters.viewsets import MessageViewSet
from broadsheet.desk.newsletters.panel import LettersPanel
from broadsheet.desk.newsletters.viewsets import LetterGroup
from broadsheet.desk.publishing.guards import refuse_bulk_publishing
from broadsheet.desk.sources.viewsets import SourceGroup
from broadsheet.desk.tree.moving import refuse_bulk_move, refuse_move
from broadsheet.desk.tree.summary import count_articles
from broadsheet.desk.tree.viewsets import TreeViewSet

for _item in (
    menu.wire,
    menu.articles,
    menu.fronts,
    menu.reading,
    menu.searches,
    menu.comments,
    menu.people,
    menu.topics,
):
    hooks.register("register_admin_menu_item", _item)
hooks.register("construct_main_menu", menu.tidy)
hooks.register("before_bulk_action", refuse_bulk_publishing)
hooks.register("before_bulk_action", refuse_bulk_move)
hooks.register("before_move_page", refuse_move)
hooks.register("after_edit_page", warn_of_problems)
hooks.register("construct_homepage_summary_items", count_articles, order=100)


@hooks.register("register_admin_urls")
def urls() -> list[Any]:
    """The desk's own screens."""
    return [
        path("wire/", include("broadsheet.desk.wire_desk.urls")),
        path("articles/", include("broadsheet.desk.articles.urls")),
        path("searches/", include("broadsheet.desk.searches.urls")),
        path("comments/", include("broadsheet.desk.comments.urls")),
        path("reading/", include("broadsheet.desk.reading.urls")),
        path("fronts/", FrontsView.as_view(), name="desk_fronts"),
    ]


@hooks.register("register_admin_viewset")
def viewsets() -> Any:
    """Sources, filing rules, readers' messages, letters, and the articles' and the page tree's own views."""
    return [SourceGroup(), MessageViewSet(), LetterGroup(), BanViewSet(), ArticleViewSet(), TreeViewSet()]


@hooks.register("construct_homepage_panels")
def home(request: Any, panels: list[Any]) -> None:
    """What the newsroom needs to know first."""
    panels.append(Overview())
    panels.append(LettersPanel())


NOBODYS = [
    "add_item", "delete_item", "add_message", "add_subscriber", "delete_subscriber", "add_tally", "change_tally",
    "delete_tally", "add_comment", "delete_comment", "add_commentsettings", "delete_commentsettings",
    "view_commentsettings", "add_alert", "change_alert", "delete_alert", "add_hotpin", "delete_hotpin", "view_hotpin",
]  # fmt: skip
"""Permissions that the desk never asks for."""


@hooks.register("register_permissions")
def permissions() -> QuerySet[Permission]:
    """Permissions on the wire, messages, letters and what is read, so that groups can be given them in the admin."""
    return Permission.objects.filter(
        content_type__app_label__in=["wire", "contact", "newsletters", "reading", "push", "comments"],
        content_type__model__in=[
            *("item", "source", "filingrule", "message", "tally", "hotpin"),
            *("letter", "newsletter", "subscriber", "suppression", "alert", "comment", "ban", "commentsettings"),
        ],
    ).exclude(codename__in=NOBODYS)


@hooks.register("register_log_actions")
def log_actions(registry: Any) -> None:
    """What pages' histories tell beside Wagtail's own."""
    registry.register_action(failures.FAILED)(failures.Failed)


@hooks.register("register_icons")
def icons(known: list[str]) -> list[str]:
    """The wire's icon."""
    return [*known, "desk/icons/wire.svg"]


@hooks.register("insert_global_admin_css")
def css() -> str:
    """Styles of what the desk adds to the admin's own screens."""
    from django.templatetags.static import static
    from django.utils.html import format_html

    return format_html('<link rel="stylesheet" href="{}">', static("desk/css/desk.css"))
