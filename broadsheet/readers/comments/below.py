"""The comments below an article: what its template is given."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.models import Page

from broadsheet.newsroom.models import Article
from broadsheet.newsroom.page_context import provide
from broadsheet.press import structured_data
from broadsheet.readers.comments import reads


@provide
def comments_below(page: Page, request: HttpRequest) -> dict[str, Any]:
    """The newest threads, and whether one may write."""
    if not isinstance(page, Article) or not page.pk or not page.live:
        return {}
    found = reads.thread(page)
    if found is None:
        return {}
    return {"thread": found, "thread_data": _counted(page, found.count)}


def _counted(page: Article, count: int) -> str:
    """How many there are, for search engines: more of the article's own structured data (schema.org)."""
    here = {"@type": "NewsArticle", "@id": structured_data.id_of(page), "commentCount": count}
    return structured_data.dump(here) if count else ""
