"""From publishing to visible: on every page that a publication touches, with readers about."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from random import Random
from statistics import quantiles

from django.contrib.auth.models import User

from bench.archive.fill import shape_of
from bench.archive.plan import Plan
from bench.archive.serving import links, served, warm
from bench.archive.sightings import Sighting, watch
from bench.archive.staff import changed, draft, publisher
from bench.archive.traffic import Readers, reading
from bench.archive.world import World
from broadsheet.desk.actions.publish import publish
from broadsheet.newsroom import lists
from broadsheet.newsroom.models import Article, Section
from broadsheet.press.edition import Edition, open_edition

GOAL_MS = 250.0
"""V3: the 99th percentile of what is left of the time to visible when the leaves' own rendering is taken off."""
NEWEST, OLD, READ = 60, 6, 1500
ALWAYS = ("/", "/feed/rss.xml", "/feed/atom.xml", "/archive/", "/authors/", "/sitemap.xml", "/sitemap-news.xml")
SURVEY_SECONDS = 1800.0


@dataclass(frozen=True, kw_only=True)
class Run:
    """What a run is to be."""

    publications: int
    """How many, every second one of an old article again."""
    connections: int
    """Readers' connections."""
    pace: float
    """Requests a second of each."""


PAUSE_SECONDS = 1.0


def visible(site: Path, world: World, run: Run) -> bool:
    """Serve the site, let readers read, publish, and print when it was seen. Returns whether the goal was met."""
    random, edition = Random(world.seed), open_edition()
    first = world.first["Page"]
    old = [Article.objects.get(pk=first + random.randrange(world.articles)) for _ in range(OLD)]
    with served(site) as port:
        _survey(edition)
        hot = _warmed(port, old)
        read = Article.objects.filter(pk__in=[first + random.randrange(world.articles) for _ in range(READ)])
        urls = tuple(article.get_url() for article in read)
        readers = Readers(port=port, hot=hot, old=urls, connections=run.connections, pace=run.pace)
        with reading(readers) as traffic:
            found = list(_published(edition, port, world, old, run.publications))
    print(f"{world.articles:,} articles, {run.publications} publications, {run.connections} connections of readers:")
    print(f"{traffic['requests']} requests, p50 {traffic['p50']:.1f} ms, p99 {traffic['p99']:.0f} ms;", end=" ")
    print(f"wrong: {traffic['wrong'] or 'none'}.\n")
    return _show(found)


def _survey(edition: Edition) -> None:
    began = time.monotonic()
    while not edition.is_surveyed() and time.monotonic() - began < SURVEY_SECONDS:
        time.sleep(1)
    print(f"The survey of all addresses was complete {time.monotonic() - began:.0f} s after the first answer.")


def _warmed(port: int, old: Iterable[Article]) -> tuple[str, ...]:
    """Have what readers read rendered: fronts, feeds, the newest articles, and what lies around the old ones."""
    sections = [section.get_url() for section in Section.objects.live()]
    newest = lists.articles(entry.article for entry in lists.newest(lists.WHOLE_PAPER, NEWEST))
    around = [f"/archive/{article.published_at:%Y/%m}/" for article in old if article.published_at]
    own = [article.get_url() for article in (*newest.values(), *old)]
    pages = warm(port, [*ALWAYS, *sections, *(f"{url}feed/rss.xml" for url in sections), *own, *around])
    hot = [*ALWAYS, *sections, *own]
    linked = links(pages[path] for path in (*own, *around) if path in pages)
    pages |= warm(port, linked)
    print(f"{len(pages):,} leaves were warm.")
    return tuple(path for path in hot if path in pages)


def _published(
    edition: Edition, port: int, world: World, old: list[Article], number: int
) -> Iterator[tuple[str, list[Sighting]]]:
    """Publish by turns a new article and an old one again; yields what was seen of each."""
    plan, user = Plan(shape_of(world)), publisher(world)
    for turn in range(number):
        time.sleep(PAUSE_SECONDS)
        again = bool(turn % 2)
        article = changed(old[turn // 2 % len(old)].pk) if again else draft(world, plan.article(turn))
        act = partial(_publish, article, user)
        yield ("an old article again" if again else "a new article"), watch(edition, port, act)


def _publish(article: Article, user: User) -> str:
    return str(publish(article, user).get_url())


def _show(found: list[tuple[str, list[Sighting]]]) -> bool:
    print("| published | touched | changed | renderings | ms to visible p50 | p99 | without rendering p50 | p99 |")
    print("|---|---|---|---|---|---|---|---|")
    everything = [sighting for _, seen in found for sighting in seen]
    for kind in dict(found):
        of_kind = [seen for name, seen in found if name == kind]
        _row(kind, [sighting for seen in of_kind for sighting in seen], len(of_kind))
    _row("both", everything, len(found))
    same = Counter(re.sub(r"\d+", "N", s.path) for s in everything if not s.changed)
    print(f"\nRendered, and the same as before: {dict(same.most_common(8)) or 'none'}.")
    slowest = sorted(everything, key=lambda sighting: -sighting.after_ms)[:5]
    shown = (f"{s.path} {s.after_ms:.0f} ms ({s.render_ms:.0f} its own rendering)" for s in slowest)
    print("Last to be visible:", "; ".join(shown))
    return _at(99, [sighting.idle_ms for sighting in everything]) <= GOAL_MS


def _row(name: str, seen: list[Sighting], publications: int) -> None:
    counts = [len(seen), sum(s.changed for s in seen), sum(s.renders for s in seen)]
    each = " | ".join(f"{count / publications:.1f}" for count in counts)
    after, idle = [s.after_ms for s in seen], [s.idle_ms for s in seen]
    times = " | ".join(f"{_at(part, values):.0f}" for values in (after, idle) for part in (50, 99))
    print(f"| {name} | {each} | {times} |")


def _at(part: int, values: list[float]) -> float:
    return quantiles(values, n=100, method="inclusive")[part - 1]
