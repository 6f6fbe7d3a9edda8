"""Reading made up for the demo, so that its boxes are filled at the first start. Nowhere else are views made up."""

from __future__ import annotations

import math
import random
import time
from collections.abc import Iterator, Sequence

from broadsheet.newsroom.models import Article
from broadsheet.readers.reading import ranks
from broadsheet.readers.reading.decide import DAY, HOUR, MINUTE
from broadsheet.readers.reading.models import Grain, Origin, Tally

SEED = 1851
DAYS = 30
HALF_READ = 1.5 * DAY
"""Most of an article's readers come in its first days."""
SHARES = (("direct", 0.31), ("internal", 0.28), ("search", 0.24), ("social", 0.12), ("elsewhere", 0.05))
HOSTS = {
    "search": ("google.com", "duckduckgo.com", "bing.com", "ecosia.org"),
    "social": ("bsky.app", "mastodon.social", "l.facebook.com", "reddit.com"),
    "elsewhere": ("harbour-blog.example", "news.example.org"),
}
DEPTHS = (0.78, 0.55, 0.38, 0.24)


def read_a_month(now: int | None = None) -> int:
    """Write a month of reading, as a newsroom of this size might have it, and rank it. Returns the views."""
    if Tally.objects.exists():
        return 0
    now, chance = now or int(time.time()), random.Random(SEED)  # noqa: S311  (the same demo each time; nothing secret)
    articles = list(Article.objects.filter(live=True).order_by("-published_at").only("pk", "published_at"))
    tallies = list(_tallies(articles, now, chance))
    Tally.objects.bulk_create(tallies, batch_size=500)
    Origin.objects.bulk_create(_origins(tallies, now, chance), batch_size=500)
    ranks.rank(now)
    return sum(tally.views for tally in tallies)


def _tallies(articles: Sequence[Article], now: int, chance: random.Random) -> Iterator[Tally]:
    for article in articles:
        pull = chance.lognormvariate(0, 1)  # few are read much, most a little
        published = int(article.published_at.timestamp()) if article.published_at else now - DAYS * DAY
        burst = 12 if chance.random() < 0.1 else 1  # somebody links to it just now
        for grain, at, width in _buckets(now):
            age = max(0, at - published)
            if at + width <= published:
                continue
            hour_of_day = 1 + 0.7 * math.sin((at % DAY / DAY - 0.3) * 2 * math.pi)
            rate = (
                pull * hour_of_day * (14 * math.exp(-age / HALF_READ) + 0.4) * (burst if grain == Grain.MINUTE else 1)
            )
            views = _poisson(rate * width / HOUR, chance)
            if views:
                yield Tally(article_id=article.pk, grain=grain, at=at, views=views, **_parts(views, chance))


def _buckets(now: int) -> Iterator[tuple[Grain, int, int]]:
    hours_end, days_end = (now - HOUR) // HOUR * HOUR, (now - 2 * DAY) // DAY * DAY
    for at in range(days_end - DAYS * DAY, days_end, DAY):
        yield Grain.DAY, at, DAY
    for at in range(days_end, hours_end, HOUR):
        yield Grain.HOUR, at, HOUR
    for at in range(hours_end, now - MINUTE, MINUTE):
        yield Grain.MINUTE, at, MINUTE


def _parts(views: int, chance: random.Random) -> dict[str, int]:
    names, weights = [name for name, _ in SHARES], [share for _, share in SHARES]
    came = chance.choices(names, weights, k=views) if views < 50 else None
    parts = {name: came.count(name) if came else round(views * share) for name, share in SHARES}
    parts["direct"] += views - sum(parts.values())
    return {**parts, **{f"quarter_{number}": round(views * depth) for number, depth in enumerate(DEPTHS, 1)}}


def _origins(tallies: Sequence[Tally], now: int, chance: random.Random) -> Iterator[Origin]:
    found: dict[tuple[int, str, str], int] = {}
    for tally in tallies:
        hour = tally.at - tally.at % HOUR
        for kind, _ in SHARES if tally.at > now - 2 * DAY else ():
            host = chance.choice(HOSTS[kind]) if kind in HOSTS else ""
            found[hour, kind, host] = found.get((hour, kind, host), 0) + getattr(tally, kind)
    return (Origin(at=at, kind=kind, host=host, views=views) for (at, kind, host), views in found.items() if views)


def _poisson(mean: float, chance: random.Random) -> int:
    if mean > 30:
        return max(0, round(chance.gauss(mean, math.sqrt(mean))))
    number, product, limit = 0, chance.random(), math.exp(-mean)
    while product > limit:
        number, product = number + 1, product * chance.random()
    return number
