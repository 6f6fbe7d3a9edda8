"""Keeping the search index true."""

from __future__ import annotations

from broadsheet.newsroom.models import Article, Listing, ListKind
from broadsheet.readers.search.decide import fold
from broadsheet.readers.search.models import SearchEntry


def index_article(article_id: int) -> bool:
    """Make an article findable as it stands now, or not at all if it is not published. The cost is the article's own.

    Returns:
        Whether it can be found.
    """
    listing = Listing.objects.filter(article_id=article_id, kind=ListKind.SITE).first()
    article = Article.objects.filter(pk=article_id).first() if listing else None
    if listing is None or article is None:
        SearchEntry.objects.filter(article_id=article_id).delete()
        return False
    SearchEntry.objects.update_or_create(
        article_id=article_id,
        defaults={
            "title": fold(article.title),
            "standfirst": fold(article.standfirst),
            "body": fold(" ".join([article.body_text, article.contributors, *_names(article)])),
            "listed_at": listing.listed_at,
        },
    )
    return True


def _names(article: Article) -> list[str]:
    authors = [byline.person.name for byline in article.bylines.all()]
    return authors + [link.topic.name for link in article.topic_links.all()]
