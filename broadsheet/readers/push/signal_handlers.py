"""From the publication of breaking news to the devices whose readers asked."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from wagtail.signals import page_published

from broadsheet.newsroom.models import Article


def connect() -> None:
    """Listen, once, when the room opens."""
    page_published.connect(_published, sender=Article, dispatch_uid="push.published")


def _published(instance: Article, **kwargs: Any) -> None:
    if instance.breaking:
        transaction.on_commit(partial(_announce, instance.pk))


def _announce(article: int) -> None:
    from broadsheet.readers.push import tasks

    tasks.announce.using(priority=tasks.SOON).enqueue(article)
