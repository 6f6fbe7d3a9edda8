"""What readers' pages show of comments; each reading is announced, so that the press knows what to print again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from broadsheet.newsroom.models import Article
from broadsheet.newsroom.reads import reading
from broadsheet.press.recorder import current
from broadsheet.readers.comments.decide import threads
from broadsheet.readers.comments.decide.threads import Shown
from broadsheet.readers.comments.models import Comment, CommentSettings

ON_ARTICLE, ON_PAGE = 10, 40
"""Threads that stand below an article, and on a page of all of them."""
MOST_ANSWERS = 200
"""Of the threads on one page together."""
STATE = Comment.State


@dataclass(frozen=True, kw_only=True)
class Thread:
    """The comments of an article, as far as a page shows them."""

    article: int
    """Whose."""
    comments: tuple[Shown, ...]
    """In the order in which they are read."""
    count: int
    """All that are published."""
    pages: int
    """Pages of ON_PAGE threads."""
    page: int
    """Which one this is; 0 below the article."""
    is_open: bool
    """Whether one may comment."""
    rules: str
    """The paper's rules."""
    has_more: bool
    """Whether there are threads that this page does not show."""


def key_of(article: int) -> str:
    """The surrogate key of an article's comments."""
    return f"comments/{article}"


def how() -> CommentSettings:
    """How the paper holds it with comments."""
    from wagtail.models import Site

    site = Site.objects.filter(is_default_site=True).first()
    found = CommentSettings.objects.filter(site=site).first()
    return found or CommentSettings(site=site)


def thread(article: Article, *, page: int = 0) -> Thread | None:
    """An article's comments; None where there is nothing to show, because comments are off.

    Four queries at most, independent of how many there are; the page changes by itself when the comments close.
    """
    with reading(key_of(article.pk)), reading("comments"):
        settings_ = how()
        if article.comments_are == "off" or not settings_.taken:
            return None
        is_open = _is_open(article, settings_)
        total = Comment.objects.filter(article=article.pk, state=STATE.APPROVED).aggregate(
            all=Count("pk"), threads=Count("pk", filter=Q(parent=None))
        )
        size = ON_PAGE if page else ON_ARTICLE
        shown = _shown(article.pk, (max(page, 1) - 1) * size, size) if total["all"] else []
    return Thread(
        article=article.pk,
        comments=tuple(shown),
        count=total["all"],
        pages=-(-total["threads"] // ON_PAGE),
        page=page,
        is_open=is_open,
        rules=settings_.rules,
        has_more=total["threads"] > size,
    )


def is_open(article: Article) -> bool:
    """Whether an article takes comments now."""
    return article.live and _is_open(article, how())


def _is_open(article: Article, settings_: CommentSettings) -> bool:
    now, days = timezone.now(), settings_.close_after
    found = threads.is_open(
        taken=settings_.taken,
        article=article.comments_are,
        published_at=article.published_at,
        close_after=days,
        now=now,
    )
    if found and article.comments_are != "open" and days and article.published_at and (record := current()):
        record.until(article.published_at + timedelta(days=days))
    return found


def _shown(article: int, start: int, size: int) -> list[Shown]:
    roots = list(_readable().filter(article=article, parent=None).order_by("-pick", "-pk")[start : start + size])
    answers = _readable().filter(root__in=[root.pk for root in roots]).order_by("pk")[:MOST_ANSWERS]
    return threads.in_order([_as_shown(root) for root in roots], [_as_shown(answer) for answer in answers])


def _readable() -> QuerySet[Comment]:
    """What is shown, and what was shown before it was deleted: answers to it may stand."""
    return Comment.objects.filter(Q(state=STATE.APPROVED) | Q(state=STATE.REMOVED, published_at__isnull=False))


def _as_shown(comment: Comment) -> Shown:
    removed = not comment.is_shown
    return Shown(
        id=comment.pk,
        parent=comment.parent_id,
        depth=comment.depth,
        name="" if removed else comment.name,
        html="" if removed else comment.html,
        at=comment.published_at or comment.created_at,
        edited=comment.edited_at is not None and not removed,
        staff=comment.staff,
        pick=comment.pick and not removed,
        removed=removed,
    )
