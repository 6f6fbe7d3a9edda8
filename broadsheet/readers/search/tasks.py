"""Jobs of the search."""

from __future__ import annotations

from django_tasks import task
from wagtail.search.backends import get_search_backend

from broadsheet.readers.search import actions, terms

LOW = -30


@task()
def index_article(article_id: int) -> bool:
    """Bring one article's entry up to date."""
    return actions.index_article(article_id)


@task()
def index_articles(article_ids: list[int]) -> int:
    """Bring the entries of several articles up to date. Returns how many can be found."""
    return sum(actions.index_article(article_id) for article_id in article_ids)


@task()
def index_missing(after: int = 0) -> bool:
    """Index what is missing, a part at a time; the next part is a job of its own. Returns whether there is one."""
    below = actions.index_part(after)
    if below is not None:
        index_missing.using(priority=LOW).enqueue(below)
    return below is not None


@task()
def index_again(after: int = 0) -> bool:
    """Index everything anew, a part at a time, while it can be found as before. Returns whether there is more."""
    below = actions.index_part(after, again=True)
    if below is not None:
        index_again.using(priority=LOW).enqueue(below)
    return below is not None


@task()
def index_in_engine(label: str = "", after: str = "") -> bool:
    """Fill a new search engine, a part at a time. Returns whether there is more."""
    following = actions.index_in_engine(label, after)
    if following is not None:
        index_in_engine.using(priority=LOW).enqueue(*following)
    return following is not None


@task()
def forget_in_engine(index: str, document: str) -> None:
    """Remove from the search engine what was deleted."""
    get_search_backend().forget(index, document)


@task()
def forget_terms() -> int:
    """Drop searched terms that are too old."""
    return terms.forget_old()
