"""From the demo's text files to the blocks of an article's body."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

Values = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Shelf:
    """What blocks refer to, by the names the texts use."""

    now: datetime
    """The moment that days are counted back from."""
    articles: dict[str, int]
    """Article ids by slug."""
    pictures: dict[str, int]
    """Picture ids by name."""
    people: dict[str, int]
    """People's ids by slug."""
    documents: dict[str, int]
    """Document ids by file name."""


def blocks_of(article: Values, shelf: Shelf) -> list[dict[str, Any]]:
    """An article's body as stored by a StreamField."""
    published = published_at(article, shelf)
    return [
        {"type": block["type"], "value": _VALUES[block["type"]](block, shelf, published)}
        for block in article.get("body", [])
    ]


def published_at(article: Values, shelf: Shelf) -> datetime:
    """When an article was published; a live blog with its first post, on the last day that its posts are over."""
    posts = [block["when"] for block in article.get("body", []) if block["type"] == "live_post"]
    if not posts:
        return shelf.now - timedelta(days=float(article["days_ago"]))
    day = shelf.now if clock_time(shelf.now, max(posts)) <= shelf.now else shelf.now - timedelta(days=1)
    return clock_time(day, min(posts))


def last_post_at(article: Values, shelf: Shelf) -> datetime:
    """When a live blog was last added to."""
    posts = [block["when"] for block in article["body"] if block["type"] == "live_post"]
    return clock_time(published_at(article, shelf), max(posts))


def paragraphs(text: str, shelf: Shelf) -> str:
    """Blank lines make paragraphs; links to ``article:slug`` become links to the page."""
    linked = re.sub(r'<a href="article:([\w-]+)">', lambda found: _page_link(found[1], shelf), text.strip())
    return "".join(f"<p>{' '.join(part.split())}</p>" for part in re.split(r"\n\s*\n", linked) if part.strip())


def _page_link(slug: str, shelf: Shelf) -> str:
    return f'<a linktype="page" id="{shelf.articles[slug]}">'


def _inline(text: str, shelf: Shelf) -> str:
    return paragraphs(text, shelf)


def _list(block: Values, shelf: Shelf, at: datetime) -> Any:
    return {"ordered": block.get("ordered", False), "items": [_inline(item, shelf) for item in block["items"]]}


def _quotation(block: Values, shelf: Shelf, at: datetime) -> Any:
    return {
        "text": paragraphs(block["text"], shelf),
        "speaker": block.get("speaker", ""),
        "source": block.get("source", ""),
        "url": block.get("url", ""),
    }


def _explainer(block: Values, shelf: Shelf, at: datetime) -> Any:
    return {
        "items": [
            {"question": item["question"], "answer": paragraphs(item["answer"], shelf)} for item in block["items"]
        ]
    }


def _figure(block: Values, shelf: Shelf, at: datetime) -> Any:
    return {
        "picture": shelf.pictures[block["picture"]],
        "caption": block.get("caption", ""),
        "alt": block.get("alt", ""),
        "size": block.get("size", "text"),
    }


def _gallery(block: Values, shelf: Shelf, at: datetime) -> Any:
    items = [
        {"picture": shelf.pictures[item["picture"]], "caption": item.get("caption", "")} for item in block["items"]
    ]
    return {"title": block.get("title", ""), "items": items}


def _map(block: Values, shelf: Shelf, at: datetime) -> Any:
    return {
        "picture": shelf.pictures[block["picture"]],
        "place": block["place"],
        "caption": block.get("caption", ""),
        "alt": block.get("alt", ""),
        "latitude": block.get("latitude"),
        "longitude": block.get("longitude"),
    }


def _embed(block: Values, shelf: Shelf, at: datetime) -> Any:
    poster = block.get("poster")
    return {
        "url": block["url"],
        "title": block["title"],
        "provider": block["provider"],
        "kind": block.get("kind", "video"),
        "poster": shelf.pictures[poster] if poster else None,
    }


def _document(block: Values, shelf: Shelf, at: datetime) -> Any:
    return {
        "file": shelf.documents[block["file"]],
        "title": block["title"],
        "description": block.get("description", ""),
    }


def _table(block: Values, shelf: Shelf, at: datetime) -> Any:
    columns = [{"type": "text", "heading": heading} for heading in block["columns"]]
    rows = [{"values": [str(value) for value in row]} for row in block["rows"]]
    table = {"columns": columns, "rows": rows, "caption": ""}
    return {"title": block["title"], "table": table, "source": block.get("source", "")}


def _chart(block: Values, shelf: Shelf, at: datetime) -> Any:
    fields = ("kind", "title", "subtitle", "unit", "labels", "summary", "source")
    series = [{"name": row["name"], "values": [float(value) for value in row["values"]]} for row in block["series"]]
    labels = [str(label) for label in block["labels"]]
    return {**{field: block.get(field, "") for field in fields}, "labels": labels, "series": series}


def _timeline(block: Values, shelf: Shelf, at: datetime) -> Any:
    events = [
        {"when": event["when"], "title": event.get("title", ""), "text": event.get("text", "")}
        for event in block["events"]
    ]
    return {"title": block.get("title", ""), "events": events}


def _correction(block: Values, shelf: Shelf, at: datetime) -> Any:
    made = shelf.now - timedelta(days=float(block["days_ago"]))
    return {"date": timezone.localtime(made).date().isoformat(), "text": paragraphs(block["text"], shelf)}


def _live_post(block: Values, shelf: Shelf, at: datetime) -> Any:
    return {
        "when": clock_time(at, block["when"]).isoformat(),
        "title": block.get("title", ""),
        "text": paragraphs(block["text"], shelf),
        "author": shelf.people.get(block.get("author", "")),
        "key": block.get("key", False),
        "pinned": block.get("pinned", False),
    }


def clock_time(day: datetime, written: str) -> datetime:
    """A time of day, such as "09:40", on a day of the newsroom's clock."""
    hour, minute = (int(part) for part in written.split(":"))
    return timezone.localtime(day).replace(hour=hour, minute=minute, second=0, microsecond=0)


def _plain(*fields: str) -> Callable[[Values, Shelf, datetime], Any]:
    return lambda block, shelf, at: {field: block.get(field, "") for field in fields}


_VALUES: dict[str, Callable[[Values, Shelf, datetime], Any]] = {
    "paragraph": lambda block, shelf, at: paragraphs(block["text"], shelf),
    "heading": lambda block, shelf, at: {"text": block["text"], "level": str(block.get("level", 2))},
    "list": _list,
    "pull_quote": _plain("text", "attribution"),
    "quotation": _quotation,
    "fact_box": lambda block, shelf, at: {"title": block["title"], "text": paragraphs(block["text"], shelf)},
    "explainer": _explainer,
    "figure": _figure,
    "gallery": _gallery,
    "map": _map,
    "embed": _embed,
    "document": _document,
    "key_figures": _plain("title", "items"),
    "table": _table,
    "chart": _chart,
    "timeline": _timeline,
    "related": lambda block, shelf, at: {"article": shelf.articles[block["article"]], "url": "", "title": ""},
    "correction": _correction,
    "subscribe": _plain("title", "text"),
    "live_post": _live_post,
}
