"""What is being read: figures for the desk, in a fixed number of queries."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from django.db.models import F, Prefetch, QuerySet, Sum

from broadsheet.newsroom.lists import headlines
from broadsheet.newsroom.models import Article
from broadsheet.readers.reading import pins
from broadsheet.readers.reading.decide import DAY, HOUR, MINUTE, QUARTERS, since
from broadsheet.readers.reading.models import Grain, HotPin, Origin, Tally, Window
from broadsheet.readers.reading.origins import GROUPS, LABELS
from broadsheet.readers.reading.ranks import Place, most_read, places

TOP, HOSTS = 15, 12
HALF_HOUR = 30 * MINUTE
PERIODS = {"now": "Now", "hour": "Hour", "day": "Day", "week": "Week", "month": "Month"}
"""What the list of articles may be of; "now" is the last half hour."""


@dataclass(frozen=True, kw_only=True)
class ReadArticle:
    """An article in the list."""

    article: Article
    """With its headline."""
    views: int
    """In the period."""
    share: int
    """Per cent of the first one's, for the bar."""
    pinned: HotPin | None
    """Its pin in What's hot."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """A part of a whole."""

    label: str
    """What it is."""
    number: int
    """How many."""
    share: int
    """Per cent of the whole."""


@dataclass(frozen=True, kw_only=True)
class Hour:
    """A column of the day's chart."""

    at: datetime
    """When it begins."""
    views: int
    """How many."""
    height: int
    """Per cent of the highest."""


@dataclass(frozen=True, kw_only=True)
class Now:
    """Views of the last minutes and of the day."""

    five_minutes: int
    """Of the last five minutes."""
    half_hour: int
    """Of the last thirty."""
    day: int
    """Of the last twenty-four hours."""
    hours: list[Hour]
    """The last twenty-four hours, this one last."""


def read_now(now: int | None = None) -> Now:
    """How much is read now and was today: three queries, whatever is read."""
    now = now or int(time.time())
    begin = now - now % HOUR - 23 * HOUR
    hours = _tallies(begin).annotate(hour=F("at") - F("at") % HOUR).values_list("hour").annotate(Sum("views"))
    by_hour = {int(hour): views for hour, views in hours}
    most = max(by_hour.values(), default=0) or 1
    return Now(
        five_minutes=_views(now - 5 * MINUTE),
        half_hour=_views(now - HALF_HOUR),
        day=sum(by_hour.values()),
        hours=[
            Hour(
                at=datetime.fromtimestamp(at, UTC),
                views=by_hour.get(at, 0),
                height=round(100 * by_hour.get(at, 0) / most),
            )
            for at in range(begin, begin + DAY, HOUR)
        ],
    )


def read_articles(period: str, limit: int = TOP) -> list[ReadArticle]:
    """What is read most: three queries.

    Args:
        period: a key of PERIODS.
        limit: how many at most.
    """
    found = _places(period, limit)
    known, pinned = headlines(place.article for place in found), {pin.article_id: pin for pin in pins.current()}
    most = max((place.views for place in found), default=0) or 1
    return [
        ReadArticle(
            article=known[place.article],
            views=place.views,
            share=round(100 * place.views / most),
            pinned=pinned.get(place.article),
        )
        for place in found
        if place.article in known
    ]


def read_origins(now: int | None = None) -> tuple[list[Part], list[Part]]:
    """Where the day's readers came from: the groups, and the hosts with the most. Two queries."""
    rows = Origin.objects.filter(at__gt=(now or int(time.time())) - DAY).order_by()
    groups = dict(rows.values_list("kind").annotate(Sum("views")))
    hosts = rows.exclude(host="").values_list("host").annotate(all=Sum("views")).order_by("-all", "host")[:HOSTS]
    whole = sum(groups.values())
    parts = {LABELS[group]: groups.get(group, 0) for group in GROUPS}
    return _parts(parts, whole), _parts(dict(hosts), whole)


def read_depth(now: int | None = None) -> list[Part]:
    """How much of a text the day's readers saw: of the views, how many reached each quarter. One query."""
    names = [f"quarter_{number}" for number in range(1, QUARTERS + 1)]
    begin = (now or int(time.time())) - DAY
    found = _tallies(begin).aggregate(views=Sum("views"), **{name: Sum(name) for name in names})
    labels = ("A quarter", "Half", "Three quarters", "To the end")
    return _parts({label: found[name] or 0 for label, name in zip(labels, names, strict=True)}, found["views"] or 0)


def read_pins() -> list[HotPin]:
    """Pins with their articles' headlines: two queries; joined, a database may begin with all articles."""
    shown = Article.objects.only("title", "live")
    return list(HotPin.objects.prefetch_related(Prefetch("article", queryset=shown)))


def views_of(articles: Iterable[int]) -> dict[int, int]:
    """All views of some articles, ever: one query."""
    rows = Tally.objects.filter(article_id__in=list(articles)).order_by().values_list("article_id")
    return dict(rows.annotate(Sum("views")))


def _places(period: str, limit: int) -> list[Place]:
    if period == "now":
        return most_read(int(time.time()) - HALF_HOUR, limit)
    return places(Window[period.upper()], limit)


def _views(begin: int) -> int:
    rows = Tally.objects.filter(grain=Grain.MINUTE, at__gt=begin - MINUTE)
    return int(rows.aggregate(all=Sum("views"))["all"] or 0)


def _tallies(begin: int) -> QuerySet[Tally]:
    return Tally.objects.filter(grain__in=(Grain.MINUTE, Grain.HOUR), at__gte=since(begin + DAY, DAY)).order_by()


def _parts(numbers: Mapping[str, int], whole: int) -> list[Part]:
    return [
        Part(label=label, number=number, share=round(100 * number / whole) if whole else 0)
        for label, number in numbers.items()
    ]
