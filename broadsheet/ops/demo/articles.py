"""The demo's articles, published through the same door as an editor's."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from broadsheet.desk.actions.publish import publish
from broadsheet.newsroom.models import Article, Byline, Correction, Person, RelatedLink, Section, Topic, TopicLink
from broadsheet.newsroom.rights import Rights
from broadsheet.ops.demo import texts
from broadsheet.ops.demo.bodies import Shelf, blocks_of, last_post_at, paragraphs, published_at
from broadsheet.ops.demo.people_and_sections import sections_by_slug

Step = Callable[[str], None]


def make_drafts() -> dict[str, int]:
    """A draft for each text, so that texts can link to each other. Returns their ids by slug."""
    sections = sections_by_slug()
    for wanted in texts.articles():
        if not Article.objects.filter(slug=wanted["slug"]).exists():
            parent = Section.objects.get(pk=sections[wanted["section"]].pk)
            parent.add_child(instance=Article(title=wanted["title"], slug=wanted["slug"], live=False))
    return dict(Article.objects.values_list("slug", "pk"))


def publish_all(shelf: Shelf, done: Step) -> None:
    """Fill in and publish every draft, oldest first."""
    for wanted in texts.articles():
        article = Article.objects.get(slug=wanted["slug"])
        if not article.live:
            _fill(article, wanted, shelf)
            publish(article)
            _backdate(article.pk, wanted, shelf)
        done(wanted["title"])


def _fill(article: Article, wanted: Mapping[str, Any], shelf: Shelf) -> None:
    for field in (
        "standfirst",
        "label",
        "format",
        "seo_title",
        "place",
        "contributors",
        "lead_caption",
        "social_title",
    ):
        setattr(article, field, wanted.get(field, ""))
    article.published_at = published_at(dict(wanted), shelf)
    if wanted["format"] == Article.Format.LIVE:
        article.updated_at = last_post_at(dict(wanted), shelf)
    elif "updated_days_ago" in wanted:
        article.updated_at = shelf.now - timedelta(days=float(wanted["updated_days_ago"]))
    if wanted.get("lead_picture"):
        article.lead_picture_id = shelf.pictures[wanted["lead_picture"]]
    stream = Article._meta.get_field("body").stream_block
    article.body = stream.to_python(blocks_of(dict(wanted), shelf))
    _join(article, wanted, shelf)
    if "source" in wanted:
        _name_source(article, wanted["source"], shelf)


def _join(article: Article, wanted: Mapping[str, Any], shelf: Shelf) -> None:
    people = {person.slug: person for person in Person.objects.filter(slug__in=wanted.get("authors", []))}
    topics = {topic.slug: topic for topic in Topic.objects.filter(slug__in=wanted.get("topics", []))}
    article.bylines = [Byline(person=people[slug]) for slug in wanted.get("authors", [])]
    article.topic_links = [TopicLink(topic=topics[slug]) for slug in wanted.get("topics", [])]
    article.related_links = [RelatedLink(related_id=shelf.articles[slug]) for slug in wanted.get("related", [])]
    article.corrections = [
        Correction(made_at=shelf.now - timedelta(days=float(entry["days_ago"])), text=paragraphs(entry["text"], shelf))
        for entry in wanted.get("corrections", [])
    ]


def _name_source(article: Article, source: Mapping[str, Any], shelf: Shelf) -> None:
    article.rights = Rights.FULL_TEXT
    article.source_name = source["name"]
    article.source_url = source["url"]
    article.source_licence = source["licence"]
    if "published_days_ago" in source:
        article.source_published_at = shelf.now - timedelta(days=float(source["published_days_ago"]))


def _backdate(pk: int, wanted: Mapping[str, Any], shelf: Shelf) -> None:
    """Let Wagtail's own dates agree with the demo's past."""
    at = published_at(dict(wanted), shelf)
    Article.objects.filter(pk=pk).update(first_published_at=at, last_published_at=at)
