"""Filling a site: batches of articles, each one transaction; one process makes the next while another writes."""

from __future__ import annotations

import multiprocessing
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from bench.archive import loading
from bench.archive.founding import found
from bench.archive.plan import Plan, Shape
from bench.archive.rows import Rows, Written, months_of
from bench.archive.words import vocabulary
from bench.archive.world import World, load
from broadsheet.readers.search import spelling
from broadsheet.readers.search import vocabulary as known
from broadsheet.readers.search.stemming import stems

BATCH = 2000
AHEAD = 3


@dataclass(frozen=True, kw_only=True)
class Batch:
    """Some articles as rows."""

    articles: int
    """How many."""
    rows: dict[str, list[tuple[Any, ...]]]
    """Rows by the name of the model."""
    months: Counter[tuple[int, int, Any]]
    """Articles by list and month."""
    children: Counter[int]
    """Articles by section."""


def fill(site: Path, shape: Shape, batch: int = BATCH) -> World:
    """Fill a site that ``prepare`` has made, or go on with it. Prints how far it is."""
    world = load(site)
    if world is None:
        world = found(shape)
        world.save(site)
    shape = shape_of(world)
    done = already(world)
    print(f"{done:,} of {shape.articles:,} articles are there (seed {shape.seed}).", flush=True)
    words = [*vocabulary(), *(name for _, name in [*world.authors, *world.topics])]
    spelling.learn(words)
    known.learn(map(stems, words))
    loading.begin()
    began, first = time.monotonic(), done
    for made in _batches(world, shape, done, batch):
        write(world, made, done)
        done += made.articles
        pace = (done - first) / (time.monotonic() - began)
        print(f"{done:>9,} of {shape.articles:,}, {pace:,.0f} articles a second", flush=True)
    rows = Rows(world)
    loading.reset_sequences(
        (rows.tables[kind].name, rows.tables[kind].columns(numbered=True)[0]) for kind in rows.numbered
    )
    loading.end()
    return world


def already(world: World) -> int:
    """How many articles of the archive are there: batches are whole, so it is where the next begins."""
    from wagtail.models import Page

    first = world.first["Page"]
    top = Page.objects.filter(pk__gte=first, pk__lt=first + world.articles).order_by("-pk").values_list("pk", flat=True)
    return top[0] - first + 1 if top else 0


def shape_of(world: World) -> Shape:
    """The shape that a world was found for."""
    return Shape(
        seed=world.seed,
        articles=world.articles,
        until=datetime.fromisoformat(world.until),
        authors=len(world.authors),
        topics=len(world.topics),
        pictures=len(world.pictures),
        **_levels(world),
    )


def make_batch(world: World, plan: Plan, start: int, end: int) -> Batch:
    """The rows of the articles from ``start`` up to, not including, ``end``."""
    maker = Rows(world)
    rows: dict[str, list[tuple[Any, ...]]] = {model.__name__: [] for model in maker.tables}
    months, children = Counter[tuple[int, int, Any]](), Counter[int]()
    for number in range(start, end):
        written = Written(maker, plan.article(number))
        for model, row in written.rows():
            rows[model.__name__].append(row)
        months.update(months_of(written.planned, written.lists()))
        children[written.section.id] += 1
    return Batch(articles=end - start, rows=rows, months=months, children=children)


def _levels(world: World) -> dict[str, int]:
    by_level = Counter(len(place.above) for place in world.sections)
    return {"tops": by_level[1], "middles": by_level[2] // by_level[1], "leaves": by_level[3] // by_level[2]}


def _batches(world: World, shape: Shape, done: int, size: int) -> Iterator[Batch]:
    starts = range(done, shape.articles, size)
    fork = multiprocessing.get_context("fork")
    with ProcessPoolExecutor(1, mp_context=fork, initializer=_start, initargs=(world, shape)) as maker:
        waiting: list[Future[Batch]] = []
        for start in starts:
            waiting.append(maker.submit(_make, start, min(start + size, shape.articles)))
            if len(waiting) > AHEAD:
                yield waiting.pop(0).result()
        while waiting:
            yield waiting.pop(0).result()


def _start(world: World, shape: Shape) -> None:
    _maker["world"], _maker["plan"] = world, Plan(shape)


def _make(start: int, end: int) -> Batch:
    return make_batch(_maker["world"], _maker["plan"], start, end)


_maker: dict[str, Any] = {}


def write(world: World, made: Batch, done: int) -> None:
    """Write a batch whose first article has the number ``done``, in one transaction."""
    tables = Rows(world)
    with transaction.atomic():
        for model, table in tables.tables.items():
            if rows := made.rows[model.__name__]:
                loading.load(table.name, table.columns(numbered=model in tables.numbered), rows)
        loading.add_to_months(made.months)
        loading.add_children(made.children)
        if connection.vendor == "postgresql":
            first = world.first["Page"] + done
            loading.index_pages(first, first + made.articles - 1, world.types["article"])
