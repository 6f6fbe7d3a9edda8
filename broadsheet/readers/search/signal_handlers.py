"""From a publication to the search index."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.backends.signals import connection_created
from django.db.models.signals import post_delete
from wagtail.models import Page
from wagtail.signals import page_published, page_unpublished, post_page_move

from broadsheet.newsroom.models import Article
from broadsheet.readers.search.full_text_schema import PAIRING
from broadsheet.readers.search.pairs import with_pairs

SOON = 60
"""The priority of indexing: what was just published is looked for at once."""


def connect() -> None:
    """Listen to publications, once, when the room opens."""
    connection_created.connect(_opened, dispatch_uid="search.opened")
    page_published.connect(_changed, sender=Article, dispatch_uid="search.published")
    page_unpublished.connect(_changed, sender=Article, dispatch_uid="search.unpublished")
    post_page_move.connect(_moved, dispatch_uid="search.moved")
    post_delete.connect(_changed, sender=Article, dispatch_uid="search.deleted")


def _opened(connection: Any, **kwargs: Any) -> None:
    """SQLite's index is filled by triggers, which ask the connection for pairs of words."""
    if connection.vendor == "sqlite":
        connection.connection.create_function(PAIRING, 1, with_pairs, deterministic=True)


def _changed(instance: Any, **kwargs: Any) -> None:
    from broadsheet.readers.search import tasks

    transaction.on_commit(partial(tasks.index_article.using(priority=SOON).enqueue, instance.pk))


def _moved(instance: Page, parent_page_before: Page, parent_page_after: Page, **kwargs: Any) -> None:
    """Articles that moved, alone or with their section, stand in other sections' lists from now on."""
    from broadsheet.readers.search import actions, tasks

    if parent_page_before.pk == parent_page_after.pk:
        return
    found = Article.objects.descendant_of(instance, inclusive=True).filter(live=True)
    moved = list(found.order_by("-pk").values_list("pk", flat=True))
    for start in range(0, len(moved), actions.AT_ONCE):
        part = moved[start : start + actions.AT_ONCE]
        transaction.on_commit(partial(tasks.index_articles.using(priority=SOON).enqueue, part))
