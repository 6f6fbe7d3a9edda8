"""Publish, schedule and withdraw articles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from wagtail.models import Page, Revision

from broadsheet.desk.actions import failures
from broadsheet.desk.errors import CannotPublish
from broadsheet.newsroom.errors import RightsBreached
from broadsheet.newsroom.models import Article

if TYPE_CHECKING:
    from django.contrib.auth.models import AbstractBaseUser


@dataclass(frozen=True, kw_only=True)
class DueReport:
    """What the schedule came to."""

    published: int
    """Pages that went live."""
    withdrawn: int
    """Pages whose time was over."""
    failed: tuple[str, ...]
    """What could not be done, with the cause."""


def publish(article: Article, user: AbstractBaseUser | None = None) -> Article:
    """Publish an article as it stands.

    Returns:
        The article as published.
    Raises:
        CannotPublish: the source's rights forbid it.
        wagtail's PublishPermissionError: the user may not publish here.
    """
    try:
        with transaction.atomic():
            revision = article.save_revision(user=user)
            revision.publish(user=user)
    except RightsBreached as error:
        raise CannotPublish(str(error)) from error
    return Article.objects.get(pk=article.pk)


def schedule(article: Article, at: datetime, user: AbstractBaseUser | None = None) -> Article:
    """Have an article published at a time."""
    article.go_live_at = at
    return publish(article, user)


def withdraw(article: Article, user: AbstractBaseUser | None = None) -> None:
    """Take an article off every page, feed and list at once. Its text stays in the desk."""
    article.unpublish(user=user)


def publish_due() -> DueReport:
    """Publish what is scheduled for now and withdraw what has expired; one failure stops no other."""
    now = timezone.now()
    failed: list[str] = []
    expired = [
        page
        for page in Page.objects.filter(live=True, expire_at__lt=now).specific()
        if _try(partial(page.unpublish, set_expired=True, log_action="wagtail.unpublish.scheduled"), failed, page)
    ]
    due = Revision.objects.filter(approved_go_live_at__lte=now).order_by("approved_go_live_at")
    published = [
        revision
        for revision in due
        if _try(partial(revision.publish, log_action="wagtail.publish.scheduled"), failed, None, revision)
    ]
    return DueReport(published=len(published), withdrawn=len(expired), failed=tuple(failed))


def _try(act: Callable[[], object], failed: list[str], page: Page | None, revision: Revision | None = None) -> bool:
    try:
        with transaction.atomic():
            act()
    except Exception as error:
        # A page that cannot be published must not keep the others of this minute waiting.
        failed.append(failures.tell(page or (revision and revision.content_object), error, revision))
        return False
    return True
