"""Reading the queue: a fixed number of queries however many reports there are."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from broadsheet.desk.models import Filing
from broadsheet.desk.wire_desk.filters import Filters, Mark
from broadsheet.newsroom.models import Article
from broadsheet.wire.models import Item, ItemQuerySet, ItemVersion, Sighting, Source, Status

PAGE = 50
MOST_COUNTED = 1000
SEARCHED = timedelta(days=14)
"""How far back words are looked for: bodies have no index, and the queue is about today."""


@dataclass(frozen=True, kw_only=True)
class Row:
    """One report in the queue."""

    item: Item
    """The report, with its source; without its text."""
    also: tuple[str, ...]
    """Names of the other sources that carried it."""
    versions: int
    """How often its source changed it."""
    article: Article | None
    """The article it became; None if it was not filed, or the article is gone."""
    note: str
    """What could not be done when it was filed."""


@dataclass(frozen=True, kw_only=True)
class Page:
    """One page of the queue."""

    rows: tuple[Row, ...]
    """The reports, newest first."""
    older: Mark | None
    """Where the next page begins; None at the end."""
    newest: Mark | None
    """The first report's place, from which newer ones are counted; None on an empty page."""


def read_page(filters: Filters, now: datetime | None = None) -> Page:
    """A page of the queue: five queries."""
    items = list(_ordered(matching(filters, now)).select_related("source").defer("body_html", "body_text")[: PAGE + 1])
    shown = items[:PAGE]
    return Page(
        rows=_rows(shown),
        older=mark_of(shown[-1]) if len(items) > PAGE else None,
        newest=mark_of(shown[0]) if shown else None,
    )


def matching(filters: Filters, now: datetime | None = None) -> ItemQuerySet:
    """The reports that fit the filters."""
    now = now or timezone.now()
    items = Item.objects.queue(now) if filters.status == Status.NEW else Item.objects.filter(status=filters.status)
    if filters.source:
        items = items.from_source(Source(pk=filters.source))
    if filters.section:
        items = items.in_section(filters.section)
    if filters.rights:
        items = items.filter(rights=filters.rights)
    if filters.text:
        items = items.filter(first_seen_at__gte=now - SEARCHED).containing(filters.text)
    if filters.before:
        at, item = filters.before.at, filters.before.item
        items = items.filter(first_seen_at__lte=at).filter(Q(first_seen_at__lt=at) | Q(pk__lt=item))
    return items


def count_newer(filters: Filters, than: Mark | None) -> int:
    """How many reports came after a place in the queue, at most MOST_COUNTED."""
    items = matching(filters)
    if than:
        items = items.filter(first_seen_at__gte=than.at).filter(Q(first_seen_at__gt=than.at) | Q(pk__gt=than.item))
    return items.order_by()[:MOST_COUNTED].count()


def count_new() -> int:
    """How many reports wait, at most MOST_COUNTED: one walk along the queue's index."""
    return Item.objects.queue().order_by()[:MOST_COUNTED].count()


def mark_of(item: Item) -> Mark:
    """An item's place in the queue."""
    return Mark(at=item.first_seen_at, item=item.pk)


def row_of(item: Item) -> Row:
    """One report as the queue shows it."""
    return _rows([item])[0]


def _ordered(items: ItemQuerySet) -> ItemQuerySet:
    return items.order_by("-first_seen_at", "-id")


def _rows(items: list[Item]) -> tuple[Row, ...]:
    ids = [item.pk for item in items]
    also: dict[int, dict[str, None]] = {}
    seen = Sighting.objects.filter(item_id__in=ids).order_by("seen_at", "id").values_list("item_id", "source__name")
    for item_id, source in seen:
        also.setdefault(item_id, {})[source] = None
    versions = Counter(ItemVersion.objects.filter(item_id__in=ids).order_by().values_list("item_id", flat=True))
    filings = {filing.item_id: filing for filing in _filings(ids)}
    return tuple(
        Row(
            item=item,
            also=tuple(name for name in also.get(item.pk, {}) if name != item.source.name),
            versions=versions[item.pk],
            article=filings[item.pk].article if item.pk in filings else None,
            note=filings[item.pk].note if item.pk in filings else "",
        )
        for item in items
    )


def _filings(ids: list[int]) -> list[Filing]:
    wanted = Filing.objects.filter(item_id__in=ids).select_related("article").order_by()
    return list(wanted.defer("article__body", "article__body_text"))
