"""Does the archive hold what the product would have written? Each article is made both ways, and the rows compared."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from django.db import connection

from bench.archive.bodies import blocks_of
from bench.archive.fill import make_batch, shape_of, write
from bench.archive.plan import Plan, Planned
from bench.archive.world import World

IGNORED = re.compile(
    r"^(press_purge|django_|auth_|sqlite_|newsroom_rendition|reader_search_(spelling|stem)|.*_fts(_.*)?$)"
)
"""Tables of what is done, not of what there is: the purge log, jobs, sizes of pictures; words that all articles
share; and the database's own."""
SET = frozenset(
    {
        "path", "translation_key", "created_at", "timestamp", "updated_at", "first_published_at", "last_published_at",
        "latest_revision_created_at", "latest_revision", "live_revision", "latest_revision_id", "live_revision_id",
        "revision_id", "content_path_hash", "title_norm", "article", "article_id", "page_id", "object_id",
        "page_ptr_id",
    }
)  # fmt: skip
"""Columns that differ from one article to the next: it is compared whether they are set."""
COUNTED = {"newsroom_monthcount": "count", "wagtailcore_page": "numchild"}
"""Columns that are counted up in rows that were there before."""
ALWAYS_COUNTED = frozenset({"newsroom_monthcount"})
TWIN = "-by-hand"

Stored = dict[str, dict[Any, dict[str, Any]]]
Row = tuple[str, ...]
"""The table's name, then each column with its value."""


def differences(world: World, numbers: range) -> list[str]:
    """What is different between articles made in bulk and by the product. Both are left in the database."""
    plan = Plan(shape_of(world))
    # All of one kind first: the product gives the ids that come next.
    bulk = [_added_by(partial(write, world, make_batch(world, plan, number, number + 1), number)) for number in numbers]
    product = [_added_by(partial(publish_twin, world, plan.article(number))) for number in numbers]
    found: list[str] = []
    for number, ours, theirs in zip(numbers, bulk, product, strict=True):
        found += [f"article {number}: {text}" for text in _told(ours - theirs, theirs - ours)]
    return found


def _told(ours: Counter[Row], theirs: Counter[Row]) -> Iterator[str]:
    """Rows that only one side has; of two of one table, what is different in them."""
    left, right = sorted(ours.elements()), sorted(theirs.elements())
    if [row[0] for row in left] == [row[0] for row in right]:
        for mine, other in zip(left, right, strict=True):
            here, there = sorted(set(mine) - set(other)), sorted(set(other) - set(mine))
            yield f"{mine[0]}: in bulk {here}, by the product {there}"
        return
    yield from (f"only in bulk: {row}" for row in left)
    yield from (f"only by the product: {row}" for row in right)


def publish_twin(world: World, planned: Planned) -> None:
    """Have the product publish an article like this one, in as many revisions."""
    from django.contrib.auth.models import User

    from broadsheet.desk.actions.publish import publish
    from broadsheet.newsroom.models import Article, Byline, Section, TopicLink

    user = User.objects.get(pk=world.users[planned.number % len(world.users)])
    blocks = blocks_of(planned, world)
    body = Article._meta.get_field("body").stream_block
    picture = None if planned.picture is None else world.pictures[planned.picture]
    values: dict[str, Any] = {"published_at": planned.at, "lead_picture_id": picture, "owner": user, "live": False}
    texts = {"title": planned.title, "standfirst": planned.standfirst, "format": planned.format}
    article = Article(slug=planned.slug + TWIN, **texts, **values)
    article.bylines = [
        Byline(person_id=world.authors[index][0], sort_order=place) for place, index in enumerate(planned.authors)
    ]
    article.topic_links = [
        TopicLink(topic_id=world.topics[index][0], sort_order=place) for place, index in enumerate(planned.topics)
    ]
    article.body = body.to_python(blocks[:-1] if planned.updated_at else blocks)
    Section.objects.get(pk=world.sections[planned.section].id).add_child(instance=article)
    article = publish(article, user)
    if planned.updated_at:
        article.body = body.to_python(blocks)
        publish(article, user)


def _added_by(make: Callable[[], None]) -> Counter[Row]:
    """The rows that making something adds or counts up, without what is its own."""
    before = _everything()
    make()
    rows: Counter[Row] = Counter()
    for table, now in _everything().items():
        for pk, row in now.items():
            old = before[table].get(pk)
            if old != row:
                shown = _counted_up(table, old, row) if old or table in ALWAYS_COUNTED else _without_own(row)
                rows[(table, *(f"{name}={value}" for name, value in sorted(shown.items())))] += 1
    return rows


def _everything() -> Stored:
    found: Stored = {}
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if IGNORED.match(table):
                continue
            cursor.execute(f'SELECT * FROM "{table}"')  # noqa: S608 (from the database's own list)
            names = [column[0] for column in cursor.description]
            found[table] = {row[0]: dict(zip(names, row, strict=True)) for row in cursor.fetchall()}
    return found


def _counted_up(table: str, old: dict[str, Any] | None, new: dict[str, Any]) -> dict[str, Any]:
    column, before = COUNTED.get(table, ""), old or {}
    changed = {name: new[name] for name in new if name != "id" and new[name] != before.get(name)}
    if column in changed:
        changed[column] = f"+{new[column] - before.get(column, 0)}"
    return {**{name: new[name] for name in ("kind", "ref", "month", "slug") if name in new}, **changed}


def _without_own(row: dict[str, Any]) -> dict[str, Any]:
    shown = dict(row)
    if "page_ptr_id" not in row:
        shown.pop(next(iter(row)))
    content = _json(shown.pop("content", None))
    return {name: _masked(name, value) for name, value in {**shown, **content}.items()}


def _json(text: Any) -> dict[str, Any]:
    """What a revision holds, as columns."""
    held = json.loads(text) if isinstance(text, str) else text or {}
    return {f"content.{name}": value for name, value in held.items() if name != "pk"}


def _masked(name: str, value: Any) -> Any:
    name = name.removeprefix("content.")
    if name in SET:
        return value is not None
    if name == "body" and isinstance(value, str) and value.startswith("["):
        return _without_ids(json.loads(value))
    if name == "content_path":
        return re.sub(r"\d+", "N", re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}", "N", value))
    if isinstance(value, (dict, list)):
        return _without_ids(value)
    return value.replace(TWIN, "") if isinstance(value, str) else value


def _without_ids(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _without_ids(inner) for name, inner in value.items() if name not in {"pk", "id", "article"}}
    return [_without_ids(inner) for inner in value] if isinstance(value, list) else value
