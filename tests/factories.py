"""Making what tests need, through the product's own models and verbs."""

from __future__ import annotations

import io
from datetime import datetime
from itertools import count
from typing import Any

from django.core.files.images import ImageFile
from PIL import Image
from wagtail.models import Locale, Page

from broadsheet.newsroom.establish import establish
from broadsheet.newsroom.models import Article, Byline, HomePage, Person, Picture, Section, Topic, TopicLink

_numbers = count(1)


def make_paper(name: str = "The Gazette") -> HomePage:
    """A founded paper."""
    Locale.objects.get_or_create(language_code="en")
    if not Page.objects.filter(depth=1).exists():
        Page.add_root(instance=Page(title="Root", slug="root"))
    return establish(name, "http://testserver")


def make_section(parent: Page | None = None, title: str = "", **values: Any) -> Section:
    """A published section, under the home page unless told otherwise."""
    number = next(_numbers)
    parent = parent or HomePage.objects.get()
    section = Section(title=title or f"Section {number}", slug=values.pop("slug", f"section-{number}"), **values)
    type(parent).objects.get(pk=parent.pk).add_child(instance=section)
    return section


def make_person(name: str = "", **values: Any) -> Person:
    """An author."""
    number = next(_numbers)
    return Person.objects.create(name=name or f"Person {number}", slug=values.pop("slug", f"person-{number}"), **values)


def make_topic(name: str = "", **values: Any) -> Topic:
    """A topic."""
    number = next(_numbers)
    return Topic.objects.create(name=name or f"Topic {number}", slug=values.pop("slug", f"topic-{number}"), **values)


def make_picture(width: int = 300, height: int = 200, **values: Any) -> Picture:
    """A picture of one colour."""
    number = next(_numbers)
    data = io.BytesIO()
    Image.new("RGB", (width, height), (number * 7 % 256, 90, 120)).save(data, "JPEG")
    data.seek(0)
    picture = Picture(
        title=f"Picture {number}",
        description=values.pop("description", f"A plain picture, number {number}"),
        credit=values.pop("credit", "Somebody"),
        **values,
    )
    picture.file = ImageFile(data, name=f"picture-{number}.jpg")
    picture.save()
    return picture


def make_article(
    section: Section,
    *,
    at: datetime | None = None,
    authors: list[Person] | None = None,
    topics: list[Topic] | None = None,
    publish: bool = True,
    text: str = "The council met on Monday.",
    **values: Any,
) -> Article:
    """An article in a section; published unless told otherwise."""
    number = next(_numbers)
    article = Article(
        title=values.pop("title", f"Article {number}"),
        slug=values.pop("slug", f"article-{number}"),
        published_at=at,
        live=False,
        **values,
    )
    article.body = Article._meta.get_field("body").stream_block.to_python(
        [{"type": "paragraph", "value": f"<p>{text}</p>"}] if text else []
    )
    article.bylines = [Byline(person=person) for person in authors or []]
    article.topic_links = [TopicLink(topic=topic) for topic in topics or []]
    Section.objects.get(pk=section.pk).add_child(instance=article)
    revision = article.save_revision()
    if publish:
        revision.publish()
    return Article.objects.get(pk=article.pk)


def republish(article: Article, **changes: Any) -> Article:
    """Change a published article and publish it again."""
    article = Article.objects.get(pk=article.pk)
    for name, value in changes.items():
        setattr(article, name, value)
    article.save_revision().publish()
    return Article.objects.get(pk=article.pk)
