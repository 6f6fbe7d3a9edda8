"""What rendering costs in queries, so that a page's cost does not grow with what stands on it."""

from __future__ import annotations

from datetime import timedelta

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from broadsheet.newsroom.models import HomePage, Picture
from broadsheet.press import tasks
from broadsheet.press.leaves import LeafTerms
from broadsheet.theme import pictures
from tests.factories import make_article, make_person, make_picture, make_section, make_topic

NOW = timezone.now()


def queries_of(reader, path):
    reader.front.printer.render(path, LeafTerms(hot=False, seconds=None))  # makes the renditions
    with CaptureQueriesContext(connection) as queries:
        answer = reader.front.printer.render(path, LeafTerms(hot=False, seconds=None))
    assert answer.keep
    return len(queries)


def fill(section, number):
    authors, topics = [make_person(), make_person()], [make_topic(), make_topic()]
    for age in range(number):
        make_article(
            section,
            at=NOW - timedelta(hours=age),
            authors=authors,
            topics=topics,
            lead_picture=make_picture(),
            slug=f"a-{age}",
        )


MOST = {
    "/": 21,
    "/news/": 24,
    "/news/a-1/": 46,
    "/feed/rss.xml": 12,
    "/archive/": 14,
    "/sitemap-news.xml": 5,
}
"""Queries that a page may cost."""


def test_queries_do_not_grow_with_the_archive(reader):
    section = make_section(slug="news")
    fill(section, 25)
    few = {path: queries_of(reader, path) for path in MOST}
    for age in range(25, 40):
        make_article(section, at=NOW - timedelta(hours=age), slug=f"a-{age}", lead_picture=make_picture())
    many = {path: queries_of(reader, path) for path in MOST}
    assert [path for path, most in MOST.items() if not many[path] <= few[path] <= most] == [], (few, many)


def test_a_front_of_28_slots_and_62_articles_is_one_bounded_set_of_queries(reader):
    sections = [make_section() for _ in range(4)]
    made = [make_article(sections[n % 4], at=NOW - timedelta(hours=n), lead_picture=make_picture()) for n in range(62)]

    def container(number, count):
        slots = [
            {"article": article.pk, "pin": None, "until": None} for article in made[number * 7 : number * 7 + count]
        ]
        value = {"title": f"C{number}", "layout": "cols", "count": 7, "section": sections[number].pk, "slots": slots}
        return {"type": "container", "value": {**value, "palette": "", "topic": None, "fill": True}}

    home = HomePage.objects.get()
    stream = HomePage._meta.get_field("containers").stream_block
    home.containers = stream.to_python([container(number, 7) for number in range(4)])
    home.save_revision().publish()
    full = queries_of(reader, "/")
    home.containers = stream.to_python([container(number, 1) for number in range(4)])
    home.save_revision().publish()
    assert abs(queries_of(reader, "/") - full) <= 2
    assert full <= 26
    text = reader.sees("/")
    assert all(text.count(f'href="{article.get_url()}"') <= 1 for article in made)


def test_a_pictures_sizes_are_made_ahead_of_the_page(paper):
    picture = make_picture(1300, 800)
    made = tasks.make_renditions.call(picture.pk)
    wanted = {one.spec for one in pictures.wanted_for(1300, tasks.HERO_WIDTH).filters}
    assert made == len(wanted | {"width-1280|format-jpeg"})
    with CaptureQueriesContext(connection) as queries:
        Picture.objects.get(pk=picture.pk).get_renditions(*wanted)
    assert not [query for query in queries if query["sql"].startswith("INSERT")]


def test_the_page_tree_has_its_index(paper):
    """Asked of the plan on SQLite; PostgreSQL takes another index while there are a dozen pages."""
    with connection.cursor() as db:
        if connection.vendor == "sqlite":
            wanted = "depth = 4 AND path >= '0001' AND path < '0002'"
            db.execute(f"EXPLAIN QUERY PLAN SELECT path FROM wagtailcore_page WHERE {wanted}")
        else:
            db.execute("SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'wagtailcore_page'")
        found = " ".join(str(row) for row in db.fetchall())
    assert "newsroom_page_depth_path" in found


def test_the_list_keys_of_a_page_are_few_and_do_not_grow_with_the_archive(reader, edition):
    """Eight topics, each with its own archive: a key for the list's stretch, not for what stands in it."""
    section, topics = make_section(slug="world"), [make_topic() for _ in range(8)]
    article = make_article(section, slug="one", topics=topics, authors=[make_person()])
    for _ in range(30):
        make_article(section, topics=topics)

    def lists_of(path):
        leaf = reader.front.printer.print(path, LeafTerms(hot=False, seconds=None), None).leaf
        return [found.key for found in edition.dependencies(leaf.path) if "/" not in found.key]

    few = {path: len(lists_of(path)) for path in ("/", "/world/", "/world/one/")}
    for _ in range(30):
        make_article(section, topics=topics)
    assert {path: len(lists_of(path)) for path in few} == few
    assert few["/world/one/"] <= 12 + 2 * len(topics)
    assert max(few["/"], few["/world/"]) <= 25
    assert article.live
