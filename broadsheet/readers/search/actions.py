"""Keeping the search index true."""

from __future__ import annotations

from modelsearch.index import get_indexed_models
from wagtail.search.backends import get_search_backend

from broadsheet.newsroom.models import Article, Listing, ListKind
from broadsheet.readers.search import spelling, vocabulary
from broadsheet.readers.search.marks import marks_of
from broadsheet.readers.search.models import SearchEntry
from broadsheet.readers.search.pairs import fitting
from broadsheet.readers.search.stemming import stems

AT_ONCE = 200


def index_article(article_id: int) -> bool:
    """Make an article findable as it stands now, or not at all if it is not published. The cost is the article's own.

    Returns:
        Whether it can be found.
    """
    listing = Listing.objects.filter(article_id=article_id, kind=ListKind.SITE).first()
    article = Article.objects.filter(pk=article_id).first() if listing else None
    if listing is None or article is None:
        # A search engine has it even where the database's own went with its article.
        get_search_backend().delete(SearchEntry(article_id=article_id))
        SearchEntry.objects.filter(article_id=article_id).delete()
        return False
    names = _names(article)
    texts = {
        "title": stems(article.title),
        "standfirst": stems(article.standfirst),
        "body": fitting(stems(" ".join([*names, article.contributors, article.body_text]))),
    }
    marks = marks_of(article.listings.values_list("kind", "ref"), listing.listed_at)
    vocabulary.learn(texts.values())
    entry, _ = SearchEntry.objects.update_or_create(
        article_id=article_id, defaults={**texts, "marks": marks, "listed_at": listing.listed_at}
    )
    get_search_backend().add(entry)
    spelling.learn([article.title, *names])
    return True


def index_part(after: int = 0, *, again: bool = False) -> int | None:
    """Index a part of the published articles, the newest first.

    Args:
        after: go on below this article's id; 0 to begin.
        again: those that have an entry as well, as after a change of language.
    Returns:
        The id to go on below; None when all were looked at.
    """
    listed = Listing.objects.filter(kind=ListKind.SITE)
    if not again:
        listed = listed.filter(article__search_entry=None)
    if after:
        listed = listed.filter(article__lt=after)
    articles = list(listed.order_by("-article").values_list("article", flat=True)[:AT_ONCE])
    for article in articles:
        index_article(article)
    return articles[-1] if len(articles) == AT_ONCE else None


def index_in_engine(label: str = "", after: str = "") -> tuple[str, str] | None:
    """Send everything that can be found to the search engine, a part at a time.

    Args:
        label: the model to go on with; empty to begin.
        after: the last of its keys that was sent; empty for none.
    Returns:
        What to go on with; None when all were sent.
    """
    models = {model._meta.label: model for model in get_indexed_models()}
    labels = [*models, ""]
    label = label or labels[0]
    found = models[label].get_indexed_objects().order_by("pk")
    part = list((found.filter(pk__gt=after) if after else found)[:AT_ONCE])
    get_search_backend().add_bulk(models[label], part)
    if len(part) == AT_ONCE:
        return label, str(part[-1].pk)
    following = labels[labels.index(label) + 1]
    return (following, "") if following else None


def _names(article: Article) -> list[str]:
    authors = [byline.person.name for byline in article.bylines.all()]
    return authors + [link.topic.name for link in article.topic_links.all()]
