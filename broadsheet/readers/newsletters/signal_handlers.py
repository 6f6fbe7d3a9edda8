"""From a change to a list or a letter to the press; from a publication to the letters that are sent at once."""

from __future__ import annotations

from functools import partial
from typing import Any

from anymail.signals import tracking
from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.signals import page_published

from broadsheet.newsroom.models import Article
from broadsheet.press import purge_log
from broadsheet.readers.newsletters import reads
from broadsheet.readers.newsletters.models import Letter, LetterItem, Newsletter


def connect() -> None:
    """Listen, once, when the room opens."""
    from broadsheet.readers.newsletters import call  # noqa: F401  (registers what pages show)

    for signal, name in ((post_save, "saved"), (post_delete, "deleted")):
        signal.connect(_list_changed, sender=Newsletter, dispatch_uid=f"newsletters.list_{name}")
        signal.connect(_letter_changed, sender=Letter, dispatch_uid=f"newsletters.letter_{name}")
        signal.connect(_item_changed, sender=LetterItem, dispatch_uid=f"newsletters.item_{name}")
    tracking.connect(_reported, dispatch_uid="newsletters.reported")
    page_published.connect(_published, sender=Article, dispatch_uid="newsletters.published")


def _list_changed(instance: Newsletter, **kwargs: Any) -> None:
    purge_log.append([(reads.LISTS, None), (reads.letters_key(instance.pk), None)], reason="newsletter changed")


def _letter_changed(instance: Letter, **kwargs: Any) -> None:
    if instance.is_out:
        tell_of(instance)


def _item_changed(instance: LetterItem, **kwargs: Any) -> None:
    if Letter.objects.filter(pk=instance.letter_id, state__in=Letter.OUT).exists():
        purge_log.append([(reads.letter_key(instance.letter_id), None)], reason="letter changed")


def tell_of(letter: Letter) -> None:
    """A letter has come to stand in the archive, or changed there."""
    keys = [reads.letter_key(letter.pk), reads.letters_key(letter.newsletter_id)]
    purge_log.append([(key, None) for key in keys], reason="letter changed")


def _published(instance: Article, **kwargs: Any) -> None:
    transaction.on_commit(partial(_announce, instance.pk))


def _announce(article: int) -> None:
    from broadsheet.readers.newsletters import tasks

    if Newsletter.objects.filter(rhythm__in=Newsletter.UNCLOCKED, active=True).exists():
        tasks.announce.enqueue(article)


def _reported(event: Any, **kwargs: Any) -> None:
    from broadsheet.readers.newsletters.actions import reports

    reports.take_event(event)
