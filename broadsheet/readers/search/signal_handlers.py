"""From a publication to the search index."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete
from wagtail.signals import page_published, page_unpublished

from broadsheet.newsroom.models import Article

SOON = 60
"""The priority of indexing: what was just published is looked for at once."""


def connect() -> None:
    """Listen to publications, once, when the room opens."""
    page_published.connect(_changed, sender=Article, dispatch_uid="search.published")
    page_unpublished.connect(_changed, sender=Article, dispatch_uid="search.unpublished")
    post_delete.connect(_changed, sender=Article, dispatch_uid="search.deleted")


def _changed(instance: Any, **kwargs: Any) -> None:
    from broadsheet.readers.search import tasks

    transaction.on_commit(partial(tasks.index_article.using(priority=SOON).enqueue, instance.pk))
