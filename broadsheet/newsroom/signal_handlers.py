"""Keeping lists true when pages move or go, and telling of changes to the menu."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page
from wagtail.signals import post_page_move

from broadsheet.newsroom import actions
from broadsheet.newsroom.models import Article, Section
from broadsheet.newsroom.signals import navigation_changed

DRAFT_ONLY = {"latest_revision", "latest_revision_created_at", "has_unpublished_changes", "draft_title"}


def connect() -> None:
    """Connect the handlers once, when the room opens."""
    post_page_move.connect(_relist_moved, dispatch_uid="newsroom.relist_moved")
    pre_delete.connect(_unlist_deleted, sender=Article, dispatch_uid="newsroom.unlist_deleted")
    for signal in (post_save, post_delete):
        signal.connect(_navigation_changed, sender=Section, dispatch_uid=f"newsroom.navigation.{id(signal)}")


def is_draft_only(update_fields: Any) -> bool:
    """Whether a save touched nothing that readers could see."""
    return update_fields is not None and set(update_fields) <= DRAFT_ONLY


def _relist_moved(instance: Page, **kwargs: Any) -> None:
    for article in Article.objects.descendant_of(instance, inclusive=True).filter(live=True):
        actions.list_article(article)
    if issubclass(instance.specific_class or Page, Section):
        navigation_changed.send(sender=Section)


def _unlist_deleted(instance: Article, **kwargs: Any) -> None:
    actions.unlist_articles([instance.pk])


def _navigation_changed(instance: Section, **kwargs: Any) -> None:
    if not is_draft_only(kwargs.get("update_fields")):
        navigation_changed.send(sender=Section)
