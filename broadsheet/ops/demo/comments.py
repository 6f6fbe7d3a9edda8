"""The demo's comments: threads that stand, some that wait, an answer of the newsroom, an editors' pick."""

from __future__ import annotations

import tomllib
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils import timezone

from broadsheet.newsroom.models import Article
from broadsheet.readers.comments.actions import publishing
from broadsheet.readers.comments.decide import markdown
from broadsheet.readers.comments.models import Comment, Commenter

TEXTS = Path(__file__).parent / "content" / "comments.toml"


def make_comments() -> int:
    """Make them all. Returns how many."""
    if Comment.objects.exists():
        return 0
    threads = tomllib.loads(TEXTS.read_text())["threads"]
    articles = {article.slug: article for article in Article.objects.live()}
    for thread in threads:
        article = articles[thread["article"]]
        for said in thread["comments"]:
            _make(article, said, None)
        publishing.tell_press(article.pk)
    return Comment.objects.count()


def _make(article: Article, said: dict[str, Any], parent: Comment | None) -> None:
    at = timezone.now() - timedelta(hours=said["hours"])
    state = said.get("state", Comment.State.APPROVED)
    comment = Comment.objects.create(
        article=article,
        parent=parent,
        root=(parent.root or parent) if parent else None,
        depth=parent.depth + 1 if parent else 0,
        commenter=_writer(said["name"]),
        name=said["name"],
        text=said["text"],
        html=markdown.rendered(said["text"], settings.BASE_URL),
        state=state,
        staff=said.get("staff", ""),
        pick=said.get("pick", False),
        signs=said.get("signs", []),
        created_at=at,
        published_at=at if state == Comment.State.APPROVED else None,
    )
    for answer in said.get("answers", ()):
        _make(article, answer, comment)


def _writer(name: str) -> Commenter:
    """The addresses are of a domain that nobody can have (RFC 2606)."""
    email = f"{'.'.join(part for part in name.lower().replace('.', ' ').split())}@example.org"
    return Commenter.objects.get_or_create(email_key=email, defaults={"email": email, "name": name})[0]
