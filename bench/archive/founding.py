"""Founding the archive's world through the product: sections, people, topics, pictures, users."""

from __future__ import annotations

import io
from random import Random
from typing import Any

from django.contrib.auth.models import Group, User
from django.contrib.contenttypes.models import ContentType
from django.core.files.images import ImageFile
from django.db import connection
from django.db.models import Max
from PIL import Image, ImageDraw
from wagtail.models import Locale, Page, Revision

from bench.archive.plan import Shape
from bench.archive.world import Place, World
from broadsheet.desk.actions.roles import NEWS_EDITORS
from broadsheet.newsroom.models import Article, Byline, HomePage, Person, Picture, Section, Topic, TopicLink
from broadsheet.press.tasks import make_renditions

STAFF = 20


def found(shape: Shape) -> World:
    """Make it. Safe to repeat: what is there is found by its slug."""
    users = _users()
    pictures = _pictures(shape)
    authors = tuple(_author(number, pictures) for number in range(shape.authors))
    topics = tuple(_topic(number) for number in range(shape.topics))
    sections = _sections(shape)
    kinds = {"page": Page, "article": Article, "person": Person, "topic": Topic, "picture": Picture}
    return World(
        seed=shape.seed,
        until=shape.until.isoformat(),
        articles=shape.articles,
        sections=sections,
        authors=authors,
        topics=topics,
        pictures=pictures,
        users=users,
        locale=Locale.objects.get().pk,
        types={name: ContentType.objects.get_for_model(kind).pk for name, kind in kinds.items()},
        first=first_ids(),
    )


def first_ids() -> dict[str, int]:
    """For each table whose rows others refer to, an id well above all there are and all that are given out next."""
    return {kind.__name__: 1000 * (2 + _last_id(kind) // 1000) for kind in (Page, Revision, Byline, TopicLink)}


def _last_id(kind: Any) -> int:
    last = kind.objects.aggregate(top=Max("pk"))["top"] or 0
    if connection.vendor != "postgresql":
        return int(last)
    with connection.cursor() as cursor:  # ids that were given out and taken back are not given again
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [kind._meta.db_table])
        cursor.execute(f"SELECT last_value FROM {cursor.fetchone()[0]}")  # noqa: S608 (a sequence's name)
        return max(int(last), int(cursor.fetchone()[0]))


def _users() -> tuple[int, ...]:
    names = [f"staff-{number}" for number in range(STAFF)]
    made = [User.objects.get_or_create(username=name)[0] for name in names]
    Group.objects.get(name=NEWS_EDITORS).user_set.add(*made)
    return tuple(user.pk for user in made)


def _author(number: int, pictures: tuple[int, ...]) -> tuple[int, str]:
    name = f"Zoë Écrivain {number}" if number % 50 == 0 else f"Ann Author {number}"
    portrait = pictures[number % len(pictures)] if number % 3 == 0 else None
    values = {"name": name, "role": "Reporter", "portrait_id": portrait}
    return Person.objects.get_or_create(slug=f"author-{number}", defaults=values)[0].pk, name


def _topic(number: int) -> tuple[int, str]:
    name = f"Topic {number}"
    return Topic.objects.get_or_create(slug=f"topic-{number}", defaults={"name": name})[0].pk, name


def _pictures(shape: Shape) -> tuple[int, ...]:
    found = []
    for number in range(shape.pictures):
        picture = Picture.objects.filter(title=f"Picture {number}").first()
        if picture is None:
            values: dict[str, Any] = {"description": f"Hills and a sun, number {number}", "credit": "The Bench"}
            picture = Picture(title=f"Picture {number}", **values)
            picture.file = ImageFile(_drawing(Random(shape.seed * 1000 + number)), name=f"picture-{number}.jpg")
            picture.save()
        make_renditions.call(picture.pk)
        found.append(picture.pk)
    return tuple(found)


def _drawing(random: Random) -> io.BytesIO:
    width, height = 640, 427
    image = Image.new("RGB", (width, height), tuple(random.randint(120, 250) for _ in range(3)))  # type: ignore[arg-type]
    pen = ImageDraw.Draw(image)
    x, y, r = random.randint(80, 560), random.randint(40, 160), random.randint(20, 60)
    pen.ellipse((x - r, y - r, x + r, y + r), fill=(250, 220, random.randint(60, 160)))
    for hill in range(4):
        line = [(x, 180 + 60 * hill + random.randint(-40, 40)) for x in range(0, width + 80, 80)]
        shade = tuple(random.randint(20, 160) for _ in range(3))
        pen.polygon([(0, height), *line, (width, height)], fill=shade)
    data = io.BytesIO()
    image.save(data, "JPEG", quality=80)
    data.seek(0)
    return data


def _sections(shape: Shape) -> tuple[Place, ...]:
    places: list[Place] = []

    def add(parent: Any, title: str, above: tuple[int, ...]) -> Any:
        slug = title.lower().replace(" ", "-")
        section = Section.objects.child_of(parent).filter(slug=slug).first()
        if section is None:
            section = Section(title=title, slug=slug, intro=f"All about {title.lower()}.")
            type(parent).objects.get(pk=parent.pk).add_child(instance=section)
        above = (*above, section.pk)
        values = {"path": section.path, "depth": section.depth, "url_path": section.url_path}
        places.append(Place(id=section.pk, above=above, **values))
        return section, above

    for top in range(shape.tops):
        first, above = add(HomePage.objects.get(), f"Desk {top}", ())
        for middle in range(shape.middles):
            second, between = add(first, f"Desk {top} {middle}", above)
            for leaf in range(shape.leaves):
                add(second, f"Desk {top} {middle} {leaf}", between)
    return tuple(places)
