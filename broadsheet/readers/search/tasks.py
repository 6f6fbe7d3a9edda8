"""Jobs of the search."""

from __future__ import annotations

from django_tasks import task

from broadsheet.readers.search import actions


@task()
def index_article(article_id: int) -> bool:
    """Bring one article's entry up to date."""
    return actions.index_article(article_id)
