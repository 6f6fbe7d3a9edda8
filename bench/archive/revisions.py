"""An article's history as rows: its revisions, and the log of what was done to it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from wagtail.models import PageLogEntry, Revision

from bench.archive.bodies import searchable
from bench.archive.table import Row
from broadsheet.newsroom import decide

if TYPE_CHECKING:
    from bench.archive.rows import Written


def history(written: Written) -> Iterator[tuple[Any, Row]]:
    """The rows of its revisions and of the log of what was done."""
    article, title, by = written.world.types["article"], written.planned.title, written.user
    log = {"label": title, "content_changed": True, "content_type_id": article, "page_id": written.page, "user_id": by}
    at = written.when(written.planned.at)
    yield written.row(PageLogEntry, action="wagtail.create", timestamp=at, revision_id=None, **log)
    for number, pk in enumerate(written.revisions):
        at = written.when(written.last if number else written.planned.at)
        yield written.row(
            Revision,
            pk,
            created_at=at,
            user_id=by,
            content=json.dumps(_content(written, number), cls=DjangoJSONEncoder),
            object_id=str(written.page),
            object_str=title,
            content_type_id=article,
            base_content_type_id=written.world.types["page"],
        )
        yield written.row(PageLogEntry, action="wagtail.publish", timestamp=at, revision_id=pk, **log)


def _content(written: Written, number: int) -> dict[str, Any]:
    """What a revision holds: the first lacks the last block of an article that has two."""
    planned, shown, text, words = written.planned, len(written.blocks), written.body_text, written.words
    if len(written.revisions) > 1:
        shown -= 1
        text = " ".join(searchable(block) for block in planned.blocks[:shown])
        words = decide.count_words(text)
    before: dict[str, Any] = {"live": False}
    if number:
        published = {"first_published_at": planned.at, "last_published_at": planned.at}
        revision = {"latest_revision": written.revisions[0], "live_revision": written.revisions[0]}
        before = {"live": True, "latest_revision_created_at": planned.at, **published, **revision}
    return {
        **written.make.draft,
        **before,
        "pk": written.page,
        "path": written.path,
        "depth": written.section.depth + 1,
        "translation_key": str(written.key),
        "locale": written.world.locale,
        "title": planned.title,
        "draft_title": planned.title,
        "slug": planned.slug,
        "content_type": written.world.types["article"],
        "url_path": written.address,
        "owner": written.user,
        "standfirst": planned.standfirst,
        "format": planned.format,
        "body": json.dumps(written.blocks if number else written.blocks[:shown]),
        "lead_picture": written.picture,
        "published_at": timezone.localtime(planned.at).isoformat(),
        "updated_at": written.last.isoformat() if number else None,
        "body_text": text,
        "words": words,
        "bylines": _parts(written, written.bylines, "person"),
        "topic_links": _parts(written, written.links, "topic"),
    }


def _parts(written: Written, pairs: list[tuple[int, int, str]], to: str) -> list[dict[str, Any]]:
    return [
        {"pk": pk, "sort_order": place, "article": written.page, to: other}
        for place, (pk, other, _) in enumerate(pairs)
    ]
