"""Comments and those who write them."""

from __future__ import annotations

from itertools import count
from typing import Any

from django.conf import settings
from django.utils import timezone

from broadsheet.newsroom.models import Article
from broadsheet.readers.comments.decide import markdown
from broadsheet.readers.comments.models import Comment, Commenter, CommentSettings

_numbers = count(1)


def make_commenter(email: str = "", **values: Any) -> Commenter:
    """Somebody who has confirmed."""
    email = email or f"reader{next(_numbers)}@example.org"
    return Commenter.objects.create(email=email, email_key=email, name=values.pop("name", "Ada"), **values)


def make_comment(article: Article, text: str = "Well said.", **values: Any) -> Comment:
    """A published comment, unless told otherwise."""
    parent = values.get("parent")
    state = values.setdefault("state", Comment.State.APPROVED)
    commenter = values.pop("commenter", None) or make_commenter()
    return Comment.objects.create(
        article=article,
        commenter=commenter,
        name=values.pop("name", commenter.name),
        text=text,
        html=markdown.rendered(text, settings.BASE_URL),
        published_at=timezone.now() if state == Comment.State.APPROVED else None,
        depth=parent.depth + 1 if parent else 0,
        root=(parent.root or parent) if parent else None,
        **values,
    )


def set_how(**values: Any) -> CommentSettings:
    """How the paper holds it with comments."""
    from wagtail.models import Site

    site = Site.objects.get(is_default_site=True)
    return CommentSettings.objects.update_or_create(site=site, defaults=values)[0]
