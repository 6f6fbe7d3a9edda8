"""Keeping lists true when pages move or go, telling of changes to the menu, and keeping pages where they are found."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models.signals import post_delete, pre_delete
from wagtail.models import Page
from wagtail.signals import post_page_move, pre_page_move

from broadsheet.newsroom import actions
from broadsheet.newsroom.models import Article, Section
from broadsheet.newsroom.navigation import navigation
from broadsheet.newsroom.own_addresses import hides, refusal


def connect() -> None:
    """Connect the handlers once, when the room opens."""
    pre_delete.connect(_unlist_deleted, sender=Article, dispatch_uid="newsroom.unlist_deleted")
    pre_delete.connect(_look_at_menu, sender=Section, dispatch_uid="newsroom.menu_before")
    post_delete.connect(_tell_of_menu, sender=Section, dispatch_uid="newsroom.menu_after")
    pre_page_move.connect(_refuse_own_address, dispatch_uid="newsroom.refuse_own_address")
    pre_page_move.connect(_before_move, dispatch_uid="newsroom.before_move")
    post_page_move.connect(_after_move, dispatch_uid="newsroom.after_move")


def _unlist_deleted(instance: Article, **kwargs: Any) -> None:
    actions.unlist_articles([instance.pk])


def _look_at_menu(instance: Page, **kwargs: Any) -> None:
    instance._menu_before = navigation()


def _tell_of_menu(instance: Page, before: Any = None, **kwargs: Any) -> None:
    actions.tell_of_menu(before or instance.__dict__.pop("_menu_before"))


def _refuse_own_address(instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """Whoever moves a page by code is told by an error; the desk asks before it comes to that."""
    if parent_page_before.pk != parent_page_after.pk and hides(instance.slug, parent_page_after):
        raise ValidationError(refusal(instance.slug))


def _before_move(instance: Page, **kwargs: Any) -> None:
    if issubclass(instance.specific_class or Page, Section):
        # The page that is told of after the move is another object.
        _menus_before_moves[instance.pk] = navigation()


def _after_move(instance: Page, **kwargs: Any) -> None:
    before = _menus_before_moves.pop(instance.pk, None)
    if before is not None:
        _tell_of_menu(instance, before)
    if kwargs["parent_page_before"].pk != kwargs["parent_page_after"].pk:
        for article in Article.objects.descendant_of(instance, inclusive=True).filter(live=True).iterator():
            actions.list_article(article)


_menus_before_moves: dict[int, Any] = {}
