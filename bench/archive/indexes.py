"""What is kept of an article so that it is found: what it refers to, and its words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.db import connection
from wagtail.models import ReferenceIndex
from wagtail.search.models import IndexEntry

from bench.archive.table import Row
from broadsheet.readers.search.marks import marks_of
from broadsheet.readers.search.models import SearchEntry
from broadsheet.readers.search.stemming import stems

if TYPE_CHECKING:
    from bench.archive.rows import Written


def references(written: Written) -> Iterator[tuple[Any, Row]]:
    """What it refers to."""
    for pk, person, _ in written.bylines:
        yield _reference(written, "person", person, "bylines.item.person", f"bylines.{pk}.person")
    for pk, topic, _ in written.links:
        yield _reference(written, "topic", topic, "topic_links.item.topic", f"topic_links.{pk}.topic")
    if written.picture:
        yield _reference(written, "picture", written.picture, "lead_picture", "lead_picture")
    for block in written.blocks:
        if block["type"] == "figure":
            picture = block["value"]["picture"]
            yield _reference(written, "picture", picture, "body.figure.picture", f"body.{block['id']}.picture")


def _reference(written: Written, kind: str, to: int, model_path: str, path: str) -> tuple[Any, Row]:
    return written.row(
        ReferenceIndex,
        object_id=str(written.page),
        to_object_id=str(to),
        model_path=model_path,
        content_path=path,
        content_path_hash=ReferenceIndex._get_content_path_hash(path).hex,
        base_content_type_id=written.world.types["page"],
        content_type_id=written.world.types["article"],
        to_content_type_id=written.world.types[kind],
    )


def searched(written: Written) -> Iterator[tuple[Any, Row]]:
    """What it is found by: for readers, and on SQLite for the desk (PostgreSQL: see ``loading.index_pages``)."""
    planned = written.planned
    names = " ".join(name for _, _, name in [*written.bylines, *written.links])
    yield written.row(
        SearchEntry,
        article_id=written.page,
        title=stems(planned.title),
        standfirst=stems(planned.standfirst),
        body=stems(f"{names} {written.body_text}"),
        marks=marks_of(written.lists(), planned.at),
        listed_at=written.when(planned.at),
    )
    if connection.vendor == "sqlite":
        yield written.row(
            IndexEntry,
            object_id=str(written.page),
            title_norm=1.0,
            content_type_id=written.world.types["article"],
            title=planned.title,
            autocomplete=planned.title,
            body=planned.standfirst,
        )
