"""From a change to the purge log."""

from __future__ import annotations

from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published, page_slug_changed, post_page_move

from broadsheet.newsroom import reads, signals
from broadsheet.newsroom.models import Picture
from broadsheet.press import purge_log, recorder
from broadsheet.press.surrogate_keys import NAVIGATION, WATCHED, key_of

NOT_SHOWN = {
    "draft_title", "has_unpublished_changes", "latest_revision", "latest_revision_created_at", "locked", "locked_at",
    "locked_by", "owner", "go_live_at", "approved_schedule",
}  # fmt: skip


def connect() -> None:
    """Watch what pages are made of, once, when the room opens."""
    reads.observe(recorder.observe_reading)
    for model in WATCHED:
        recorder.watch(model)
    post_save.connect(_saved, dispatch_uid="press.saved")
    post_delete.connect(_deleted, dispatch_uid="press.deleted")
    signals.listings_changed.connect(_lists_changed, dispatch_uid="press.lists")
    signals.navigation_changed.connect(_navigation_changed, dispatch_uid="press.navigation")
    page_slug_changed.connect(_moved, dispatch_uid="press.slug")
    post_page_move.connect(_moved, dispatch_uid="press.moved")
    post_save.connect(_picture_saved, sender=Picture, dispatch_uid="press.picture_saved")
    page_published.connect(_published, dispatch_uid="press.published")


def _saved(instance: Any, created: bool, raw: bool = False, update_fields: Any = None, **kwargs: Any) -> None:
    if isinstance(instance, WATCHED) and not created and not raw and not _is_hidden(update_fields):
        purge_log.append([(key_of(instance), None)], reason=f"{instance._meta.verbose_name} saved")


def _picture_saved(instance: Picture, **kwargs: Any) -> None:
    from broadsheet.press import tasks

    transaction.on_commit(partial(tasks.make_renditions.enqueue, instance.pk))


def _deleted(instance: Any, **kwargs: Any) -> None:
    if isinstance(instance, WATCHED):
        purge_log.append([(key_of(instance), None)], reason=f"{instance._meta.verbose_name} deleted")


def _lists_changed(changes: tuple[signals.ListingChange, ...], **kwargs: Any) -> None:
    purge_log.append([(change.key, change.at) for change in changes], reason="list changed")


def _navigation_changed(**kwargs: Any) -> None:
    purge_log.append([(NAVIGATION, None)], reason="sections changed")


def _moved(instance: Any, **kwargs: Any) -> None:
    below = instance.get_descendants(inclusive=True).values_list("pk", flat=True)
    purge_log.append([(f"page/{pk}", None) for pk in below.iterator()], reason="address changed")


def _published(instance: Any, **kwargs: Any) -> None:
    from broadsheet.press import tasks

    tasks.print_soon(instance.get_url() or "")


def _is_hidden(update_fields: Any) -> bool:
    return update_fields is not None and set(update_fields) <= NOT_SHOWN
