"""Reading lists of articles: the newest, older pages by keyset, months, neighbours."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch, Q, QuerySet

from broadsheet.newsroom.listing_places import key_of
from broadsheet.newsroom.models import Article, Byline, Listing, ListKind, MonthCount, Rendition
from broadsheet.newsroom.reads import reading


@dataclass(frozen=True, kw_only=True)
class ListRef:
    """A list by its kind and number."""

    kind: int = ListKind.SITE
    """A value of ListKind."""
    ref: int = 0
    """The section, person or topic; 0 for the whole paper."""

    @property
    def key(self) -> str:
        """The list's name."""
        return key_of(self.kind, self.ref)


@dataclass(frozen=True, kw_only=True)
class Cursor:
    """A place between two entries of a list: entries after it are older."""

    at: datetime
    """Date of the last entry seen."""
    article: int
    """Its article's id, which decides among equal dates."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One entry of a list."""

    article: int
    """The article's id."""
    at: datetime
    """The date it stands at."""


WHOLE_PAPER = ListRef()

PICTURE_FIELDS = (
    "title", "file", "width", "height", "description", "focal_point_x", "focal_point_y", "focal_point_width",
    "focal_point_height", "file_hash",
)  # fmt: skip
CARD_FIELDS = (
    "title", "slug", "path", "depth", "live", "label", "standfirst", "format", "lead_picture", "published_at",
    "updated_at", "words", "source_name", "canonical_elsewhere", "breaking",
    *(f"lead_picture__{name}" for name in PICTURE_FIELDS),
)  # fmt: skip
"""What a list shows of an article: its text stays where it is."""
HEADLINE_FIELDS = ("title", "slug", "path", "depth", "live", "published_at", "canonical_elsewhere")
"""What a list shows of an article whose headline is all that stands in it."""
BYLINE_FIELDS = (
    "article", "sort_order", "person__name", "person__slug", "person__portrait",
    *(f"person__portrait__{name}" for name in PICTURE_FIELDS),
)  # fmt: skip


def newest(of: ListRef, limit: int, *, before: Cursor | None = None) -> list[Entry]:
    """The newest entries of a list, or those just older than a cursor: one walk along one index."""
    rows = _rows(of)
    if before:
        rows = rows.filter(Q(listed_at__lt=before.at) | Q(listed_at=before.at, article_id__lt=before.article))
        rows = rows.filter(listed_at__lte=before.at)  # lets the index range start at the cursor
    with reading(of.key) as span:
        found = [Entry(article=pk, at=at) for pk, at in rows[:limit].values_list("article_id", "listed_at")]
        span.between(found[-1].at if len(found) == limit else None, before.at if before else None)
    return found


def holds(of: ListRef, cursor: Cursor) -> bool:
    """Whether a cursor is a place that the list has, not one made up."""
    with reading(of.key) as span:
        span.between(cursor.at, cursor.at)
        return _rows(of).filter(listed_at=cursor.at, article_id=cursor.article).exists()


def between(of: ListRef, start: datetime, end: datetime, limit: int) -> list[Entry]:
    """The newest entries of a list from ``start`` up to, not including, ``end``."""
    with reading(of.key) as span:
        span.between(start, end)
        rows = _rows(of).filter(listed_at__gte=start, listed_at__lt=end)[:limit]
        return [Entry(article=pk, at=at) for pk, at in rows.values_list("article_id", "listed_at")]


def stretch(of: ListRef, start: datetime, end: datetime, *, skip: int, limit: int) -> list[Entry]:
    """The entries of a list from ``start`` up to, not including, ``end``: the oldest first, without the first ``skip``.

    What has been passed over stands in the index alone, and a stretch that is full stays as it is when more follow.
    """
    rows = Listing.objects.filter(kind=of.kind, ref=of.ref, listed_at__gte=start, listed_at__lt=end)
    rows = rows.order_by("listed_at", "article_id")[skip : skip + limit]
    with reading(of.key) as span:
        found = [Entry(article=pk, at=at) for pk, at in rows.values_list("article_id", "listed_at")]
        span.between(start, found[-1].at if len(found) == limit else end)
    return found


def neighbours(of: ListRef, entry: Entry) -> tuple[Entry | None, Entry | None]:
    """The entry just older and the entry just newer than this one, at constant cost."""
    near = around(of, entry, 1, 1)
    place = (entry.at, entry.article)
    older = next((found for found in near if (found.at, found.article) < place), None)
    return older, next((found for found in near if (found.at, found.article) > place), None)


def months(of: ListRef, *, counted: bool = True) -> list[MonthCount]:
    """The months in which a list has articles, newest first, with their stored counts.

    Args:
        of: the list.
        counted: the counts are shown, not only which months there are and in how many parts each can be told of.
    """
    with reading(f"months:{of.key}" if counted else f"month-set:{of.key}", whole=True):
        return list(MonthCount.objects.filter(kind=of.kind, ref=of.ref, count__gt=0).order_by("-month"))


def around(of: ListRef, entry: Entry, older: int, newer: int) -> list[Entry]:
    """The entries nearest to one in a list: the newer ones first, each side from the nearest on."""
    before = newest(of, older, before=Cursor(at=entry.at, article=entry.article))
    return _newer(of, entry, newer) + before if newer else before


def _newer(of: ListRef, entry: Entry, limit: int) -> list[Entry]:
    after = Listing.objects.filter(kind=of.kind, ref=of.ref, listed_at__gte=entry.at)
    after = after.filter(Q(listed_at__gt=entry.at) | Q(article_id__gt=entry.article))
    after = after.order_by("listed_at", "article_id")
    with reading(of.key) as span:
        found = [Entry(article=pk, at=at) for pk, at in after[:limit].values_list("article_id", "listed_at")]
        span.between(entry.at, found[-1].at if len(found) == limit else None)
    return found


def articles(ids: Iterable[int]) -> dict[int, Article]:
    """Articles as cards need them (picture with its renditions, authors), by id, in a fixed number of queries."""
    wanted = list(dict.fromkeys(ids))
    return {article.pk: article for article in for_cards(Article.objects.filter(pk__in=wanted, live=True))}


def headlines(ids: Iterable[int]) -> dict[int, Article]:
    """Articles with no more than their headlines, by id, in one query: for long lists without pictures and authors."""
    return {article.pk: article for article in Article.objects.filter(pk__in=ids, live=True).only(*HEADLINE_FIELDS)}


def for_cards(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Have articles bring along what a card shows."""
    renditions = Prefetch("lead_picture__renditions", queryset=Rendition.objects.all(), to_attr="prefetched_renditions")
    return (
        articles.select_related("lead_picture")
        .only(*CARD_FIELDS)
        .prefetch_related(
            renditions,
            Prefetch("bylines", queryset=Byline.objects.select_related("person__portrait").only(*BYLINE_FIELDS)),
            Prefetch("bylines__person__portrait__renditions", to_attr="prefetched_renditions"),
        )
    )


def _rows(of: ListRef) -> QuerySet[Listing]:
    return Listing.objects.filter(kind=of.kind, ref=of.ref).order_by("-listed_at", "-article_id")
