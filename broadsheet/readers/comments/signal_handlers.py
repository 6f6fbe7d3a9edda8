"""From a change of how comments are taken, or of who is who, to the press."""

from __future__ import annotations

from typing import Any

from django.db.models.signals import post_delete, post_save

from broadsheet.press import purge_log
from broadsheet.readers.comments.models import Comment, CommentSettings


def connect() -> None:
    """Listen, once, when the room opens."""
    from broadsheet.readers.comments import below  # noqa: F401  (registers what articles show)

    post_save.connect(_settings_changed, sender=CommentSettings, dispatch_uid="comments.settings")
    post_delete.connect(_deleted, sender=Comment, dispatch_uid="comments.deleted")


def _settings_changed(**kwargs: Any) -> None:
    purge_log.append([("comments", None)], reason="comment settings changed")


def _deleted(instance: Comment, **kwargs: Any) -> None:
    from broadsheet.readers.comments.actions import publishing

    if instance.is_shown:
        publishing.tell_press(instance.article_id)
