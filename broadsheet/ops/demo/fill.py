"""Filling the demo, step by step; what is done is not done again, so an interrupted start goes on where it was."""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.images import ImageFile
from django.db import connections
from django.utils import timezone
from wagtail.documents.models import Document

from broadsheet.newsroom.models import Article, Person, Picture
from broadsheet.ops.demo import (
    art,
    articles,
    comments,
    newsletters,
    people_and_sections,
    printing,
    reading,
    sources,
    texts,
)
from broadsheet.ops.demo.bodies import Shelf
from broadsheet.press.tasks import make_renditions

DRAWN_BY = "Drawing: The Lantern"


@dataclass(frozen=True, kw_only=True)
class Step:
    """One step of filling."""

    name: str
    """Shown while it runs, and noted when it is done."""
    run: Callable[[Path, Callable[[str], None]], None]
    """Does it; given the site's folder and how to show progress."""


def fill(site: Path, wire_port: int) -> None:
    """Do what has not been done yet, and point the wire's sources at this run's port."""
    mark = site / "demo.json"
    done: list[str] = json.loads(mark.read_text()) if mark.exists() else []
    for step in STEPS:
        if step.name not in done:
            began = time.monotonic()
            step.run(site, lambda text, step=step: _show(step.name, text))  # type: ignore[misc]
            done.append(step.name)
            mark.write_text(json.dumps(done))
            _show(step.name, f"done in {time.monotonic() - began:.0f} s", last=True)
    sources.point_at(wire_port)


def _show(step: str, text: str, *, last: bool = False) -> None:
    if sys.stdout.isatty():
        print(f"\r\033[K  {step}: {text[:90]}", end="\n" if last else "", flush=True)
    elif last:
        print(f"  {step}: {text}", flush=True)


def draw_pictures(site: Path, show: Callable[[str], None]) -> None:
    """Draw every picture into the site's folder, on all cores."""
    folder = site / "art"
    folder.mkdir(exist_ok=True)
    missing = [name for name in art.names() if not (folder / f"{name}.jpg").exists()]
    with ProcessPoolExecutor(2) as pool:
        for number, name in enumerate(pool.map(draw_one, [(name, str(folder)) for name in missing]), 1):
            show(f"{number} of {len(missing)}, {name}")


def draw_one(given: tuple[str, str]) -> str:
    """Draw one picture; returns its name."""
    name, folder = given
    size = (600, 600) if art.is_portrait(name) else (1600, 1067)
    drawn = art.draw(name, *size)
    half_done = Path(folder) / f"{name}.part"
    drawn.save(half_done, format="JPEG", quality=88, optimize=True)
    half_done.rename(Path(folder) / f"{name}.jpg")
    return name


def add_pictures(site: Path, show: Callable[[str], None]) -> None:
    """Put the pictures and documents into the library."""
    for number, name in enumerate(art.names(), 1):
        if not Picture.objects.filter(title=name).exists():
            with (site / "art" / f"{name}.jpg").open("rb") as file:
                picture = Picture(title=name, description=art.alt(name)[:255], credit=DRAWN_BY)
                picture.file = ImageFile(file, name=f"{name}.jpg")
                picture.save()
        show(f"{number} of {len(art.names())}")
    for path in sorted((texts.CONTENT / "documents").iterdir()):
        if not Document.objects.filter(title=path.name).exists():
            Document.objects.create(title=path.name, file=ContentFile(path.read_bytes(), name=path.name))


def add_paper(site: Path, show: Callable[[str], None]) -> None:
    """Sections, people, topics, pages, settings."""
    people_and_sections.make_sections()
    people_and_sections.make_people(_pictures())
    people_and_sections.make_settings()


def add_articles(site: Path, show: Callable[[str], None]) -> None:
    """The articles and the home front."""
    ids = articles.make_drafts()
    shelf = Shelf(
        now=timezone.now(),
        articles=ids,
        pictures=_pictures(),
        people=dict(Person.objects.values_list("slug", "pk")),
        documents=dict(Document.objects.values_list("title", "pk")),
    )
    articles.publish_all(shelf, show)
    people_and_sections.make_front(dict(Article.objects.values_list("slug", "pk")))


def add_newsletters(site: Path, show: Callable[[str], None]) -> None:
    """Lists, some who read them, and the next morning's letter."""
    newsletters.make_lists()
    newsletters.make_subscribers()
    newsletters.make_letter()


def add_comments(site: Path, show: Callable[[str], None]) -> None:
    """Threads that stand, and some comments for the moderator."""
    show(f"{comments.make_comments()} comments")


def make_sizes(site: Path, show: Callable[[str], None]) -> None:
    """Make every picture's sizes and formats, on all cores."""
    ids = list(Picture.objects.values_list("pk", flat=True))
    connections.close_all()
    with ProcessPoolExecutor(2) as pool:
        for number, _ in enumerate(pool.map(make_sizes_of, ids), 1):
            show(f"{number} of {len(ids)} pictures")


def make_sizes_of(picture: int) -> int:
    """Make one picture's sizes; returns how many there are."""
    return make_renditions.call(picture)


def make_up_reading(site: Path, show: Callable[[str], None]) -> None:
    """A month of readers, from a fixed seed: the demo has none yet."""
    show(f"{reading.read_a_month():,} views")


def print_paper(site: Path, show: Callable[[str], None]) -> None:
    """Render every page once; the pictures' sizes are made on the way."""
    printing.print_all(show)


def _pictures() -> dict[str, int]:
    return dict(Picture.objects.values_list("title", "pk"))


STEPS = (
    Step(name="Drawing pictures", run=draw_pictures),
    Step(name="Filling the picture library", run=add_pictures),
    Step(name="Founding the paper", run=add_paper),
    Step(name="Publishing articles", run=add_articles),
    Step(name="Making the pictures' sizes", run=make_sizes),
    Step(name="Making the newsletters", run=add_newsletters),
    Step(name="Writing comments", run=add_comments),
    Step(name="Making up a month of readers", run=make_up_reading),
    Step(name="Printing the paper", run=print_paper),
)
