"""What the demo's wire sends: feeds in three formats, reports as a news site has them, and a page of its own. Pure."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from typing import Any

from broadsheet.ops.demo.wire_agencies import SHOWN, Report


def rss(feed: dict[str, Any], reports: list[Report], base: str) -> str:
    """The agency's feed as RSS 2.0: summaries only; the text is on the linked page."""
    items = "".join(
        f'<item><guid isPermaLink="false">{report.key}</guid><title>{escape(report.title)}</title>'
        f"<link>{base}/news/{report.key}?utm_source={feed['slug']}&amp;utm_medium=rss</link>"
        f"<description>{escape('<p>' + escape(report.text['summary']) + '</p>')}</description>"
        f"<dc:creator>{escape(report.text['author'])}</dc:creator>"
        f"<category>{escape(report.text['section_hint'])}</category>"
        f'<enclosure url="{_picture(report, base)}" type="image/jpeg" length="0"/>'
        f"<pubDate>{format_datetime(report.published)}</pubDate></item>"
        for report in reports
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>'
        f"<title>{escape(feed['title'])}</title><link>{base}/</link><description>{escape(feed['licence'])}</description>"
        f"<language>en</language><ttl>1</ttl>{items}</channel></rss>"
    )


def atom(feed: dict[str, Any], reports: list[Report], base: str) -> str:
    """The agency's feed as Atom (RFC 4287)."""
    entries = "".join(
        f"<entry><id>tag:wire.example,2026:{report.key}</id><title>{escape(report.title)}</title>"
        f'<link rel="alternate" href="{base}/news/{report.key}"/>'
        f"<published>{report.published.isoformat()}</published><updated>{report.updated.isoformat()}</updated>"
        f"<author><name>{escape(report.text['author'])}</name></author>"
        f'<category term="{escape(report.text["section_hint"])}"/>'
        f'<summary type="html">{escape("<p>" + escape(report.text["summary"]) + "</p>")}</summary></entry>'
        for report in reports
    )
    updated = max((report.updated for report in reports), default=datetime.fromtimestamp(0, UTC)).isoformat()
    return (
        '<?xml version="1.0" encoding="UTF-8"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">'
        f"<id>tag:wire.example,2026:{feed['slug']}</id><title>{escape(feed['title'])}</title>"
        f'<link rel="alternate" href="{base}/"/><rights>{escape(feed["licence"])}</rights>'
        f"<updated>{updated}</updated>{entries}</feed>"
    )


def json_feed(feed: dict[str, Any], reports: list[Report], base: str) -> str:
    """The agency's feed as JSON Feed 1.1, with the whole text and, as feeds do, a little furniture."""
    items = [
        {
            "id": report.key,
            "url": f"{base}/news/{report.key}",
            "title": report.title,
            "summary": report.text["summary"],
            "content_html": "".join(_body(report)),
            "image": _picture(report, base),
            "date_published": report.published.isoformat(),
            "date_modified": report.updated.isoformat(),
            "authors": [{"name": report.text["author"]}],
            "tags": [report.text["section_hint"]],
        }
        for report in reports
    ]
    head = {"version": "https://jsonfeed.org/version/1.1", "title": feed["title"], "language": "en"}
    return json.dumps({**head, "home_page_url": f"{base}/", "items": items}, ensure_ascii=False)


FORMATS: dict[str, tuple[str, str, Callable[[dict[str, Any], list[Report], str], str]]] = {
    "rss": ("xml", "application/rss+xml", rss),
    "atom": ("xml", "application/atom+xml", atom),
    "json": ("json", "application/feed+json", json_feed),
}


def _picture(report: Report, base: str) -> str:
    return f"{base}/pictures/{report.text['picture']}.jpg"


def _body(report: Report) -> list[str]:
    """Paragraphs with the agency's artefacts between them, as its site would mix them."""
    body = [f"<p>{escape(paragraph)}</p>" for paragraph in report.paragraphs]
    for place, artefact in enumerate(report.text.get("artefacts", ())):
        body.insert(min(2 + 2 * place, len(body)), f"<p>{escape(artefact)}</p>")
    return body


def page(feed: dict[str, Any], report: Report, base: str) -> str:
    """A report's page, with the furniture that a news site has."""
    address, picture = f"{base}/news/{report.key}", _picture(report, base)
    said = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": report.title,
        "author": [{"@type": "Person", "name": report.text["author"]}],
        "datePublished": report.published.isoformat(),
        "dateModified": report.updated.isoformat(),
        "image": [picture],
        "publisher": {"@type": "NewsMediaOrganization", "name": feed["title"]},
    }
    title, site = escape(report.title), escape(feed["title"])
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title} | {site}</title>'
        f'<link rel="canonical" href="{address}"><meta property="og:type" content="article">'
        f'<meta property="og:title" content="{title}"><meta property="og:site_name" content="{site}">'
        f'<meta property="og:image" content="{picture}">'
        f'<meta name="description" content="{escape(report.text["summary"])}">'
        f'<script type="application/ld+json">{json.dumps(said).replace("<", chr(92) + "u003c")}</script></head>'
        f'<body><header><a href="/">{site}</a><nav><ul><li><a href="/">News</a></li><li><a href="/">Sport</a></li>'
        f'<li><a href="/">Weather</a></li></ul></nav></header><main><article><h1>{title}</h1>'
        f'<p class="byline">By {escape(report.text["author"])}</p>'
        '<ul class="share"><li><a href="#">Share</a></li><li><a href="#">Copy link</a></li></ul>'
        f'<figure><img src="{picture}" alt="" width="1200" height="800"></figure>{"".join(_body(report))}</article>'
        '<aside><h2>Most read</h2><ol><li><a href="/">Tide tables</a></li>'
        '<li><a href="/">Ferry times</a></li></ol></aside>'
        f'</main><footer><p>{escape(feed["licence"])}</p><img src="/pixel.gif" width="1" height="1" alt=""></footer>'
        "</body></html>"
    )


def home(feeds: dict[str, dict[str, Any]], reports: list[Report]) -> str:
    """The service's own page, which names its feeds."""
    named = [(FORMATS[feed["format"]], feed) for feed in feeds.values()]
    links = "".join(
        f'<link rel="alternate" type="{kind}" title="{escape(feed["title"])}" href="/{feed["slug"]}.{ending}">'
        for (ending, kind, _), feed in named
    )
    listed = "".join(f'<li><a href="/news/{one.key}">{escape(one.title)}</a></li>' for one in reports[:SHOWN])
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The demo\'s wire</title>{links}</head>'
        f"<body><h1>The demo's wire</h1><ul>{listed}</ul></body></html>"
    )
