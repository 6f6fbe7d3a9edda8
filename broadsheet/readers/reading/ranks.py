"""Ranking what was read, once a minute: boxes and the desk read places, and never add up an archive."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import F, QuerySet, Sum

from broadsheet.newsroom.models import Article
from broadsheet.readers.reading.decide import DAY, HOUR, MINUTE, WEEK, Pace, hottest, since
from broadsheet.readers.reading.models import Grain, Rank, Tally, Window

PLACES = 20
SECONDS = {Window.HOUR: HOUR, Window.DAY: DAY, Window.WEEK: WEEK, Window.MONTH: 30 * DAY}
RECENT = 3 * HOUR
STEP = 10 * MINUTE
"""Recent views are looked at in stretches of this length."""
WITHDRAWN = 50
"""Of what was read most, how many may have been withdrawn since."""
CANDIDATES = 300
"""Of what was read in the last hour, how many are looked at for being hot."""


@dataclass(frozen=True, kw_only=True)
class Place:
    """An article and its views in a period."""

    article: int
    """Its id."""
    views: int
    """How many."""


def rank(now: int | None = None) -> None:
    """Rank every period anew; what has not changed is not written.

    Args:
        now: Unix time; the clock's.
    """
    now = now or int(time.time())
    for window, seconds in SECONDS.items():
        _keep(window, most_read(since(now, seconds), PLACES))
    _keep(Window.HOT, hot(now))


def most_read(begin: int, limit: int) -> list[Place]:
    """The published articles with the most views since a moment; of equals the newer one.

    Args:
        begin: Unix time.
        limit: how many at most.
    """
    rows = _since(begin).values("article_id").annotate(all=Sum("views")).filter(all__gt=0)
    found = [(row["article_id"], row["all"]) for row in rows.order_by("-all", "-article_id")[: limit + WITHDRAWN]]
    # Asked for apart: joined, a database may begin with all the articles there are.
    live = set(Article.objects.filter(pk__in=[pk for pk, _ in found], live=True).values_list("pk", flat=True))
    return [Place(article=pk, views=views) for pk, views in found if pk in live][:limit]


def hot(now: int) -> list[Place]:
    """What is read above its habit, the hottest first, with the views of the last hour."""
    lately = {place.article: place.views for place in most_read(since(now, HOUR), CANDIDATES)}
    paces = _paces(list(lately), now)
    return [Place(article=article, views=lately[article]) for article in hottest(paces, PLACES)]


def places(window: Window, limit: int = PLACES) -> list[Place]:
    """The places of a period as last ranked."""
    return places_in([window], limit)[window]


def places_in(windows: Sequence[Window], limit: int) -> dict[Window, list[Place]]:
    """The places of several periods, in one query."""
    found: dict[Window, list[Place]] = {window: [] for window in windows}
    rows = Rank.objects.filter(window__in=windows, place__lte=limit).order_by("place")
    for window, article, views in rows.values_list("window", "article_id", "views"):
        found[Window(window)].append(Place(article=article, views=views))
    return found


def _paces(articles: Sequence[int], now: int) -> dict[int, Pace]:
    begin, habit_begin = now - RECENT, since(now, WEEK)
    recent: dict[int, list[tuple[int, int]]] = {article: [] for article in articles}
    rows = Tally.objects.filter(article_id__in=articles, grain=Grain.MINUTE, at__gte=begin)
    stretches = rows.annotate(stretch=(F("at") - begin) / STEP).values_list("article_id", "stretch")
    for article, stretch, views in stretches.annotate(Sum("views")):
        recent[article].append((now - begin - int(stretch) * STEP - STEP // 2, views))
    before = _since(habit_begin).filter(article_id__in=articles, at__lt=begin).values_list("article_id")
    usual = dict(before.annotate(Sum("views")))
    published = dict(Article.objects.filter(pk__in=articles).values_list("pk", "published_at"))
    hours = {
        article: (begin - max(habit_begin, int(at.timestamp()) if at else habit_begin)) / HOUR
        for article, at in published.items()
    }
    return {
        article: Pace(recent=recent[article], habit=usual.get(article, 0) / max(1.0, hours.get(article, 1.0)))
        for article in articles
    }


def _since(begin: int) -> QuerySet[Tally]:
    return Tally.objects.filter(grain__in=Grain.values, at__gte=begin).order_by()


def _keep(window: Window, found: Iterable[Place]) -> None:
    wanted = list(found)
    if wanted == places(window):
        return
    with transaction.atomic():
        Rank.objects.filter(window=window).delete()
        Rank.objects.bulk_create(
            Rank(window=window, place=number, article_id=place.article, views=place.views)
            for number, place in enumerate(wanted, 1)
        )
