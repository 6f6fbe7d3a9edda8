"""The demo's local wire: three agencies that publish a report every minute or so, on loopback, without internet.

    python -m broadsheet.ops.demo.wire_service --port 8001 --pictures DIR --every 60

Feeds at /coastal.xml (RSS 2.0), /metro.xml (Atom) and /bulletin.json (JSON Feed), reports at /news/<key>, pictures at
/pictures/<name>.jpg. What is out depends on the clock alone: nothing is stored, and a restart begins anew.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import time
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime, parsedate_to_datetime
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

CONTENT = Path(__file__).parent / "content" / "wire.toml"
#: Reports that are out when the service starts, and how far apart they then lie.
READY, READY_APART = 9, 420.0
#: How many publishing intervals after a report its better title follows.
RETITLED_AFTER = 3
#: How many reports after the original another agency's version of it follows.
DUPLICATE_AFTER = 3
_SHOWN = 20


@dataclass(frozen=True, kw_only=True)
class Report:
    """One report as it stands now."""

    #: Its slug in the feed and in its address; fresh in every round.
    key: str
    #: What the agency's file says about it.
    text: dict[str, Any]
    #: Its title, the better one once that is out.
    title: str
    #: When it was published.
    published: datetime
    #: When it was last changed.
    updated: datetime
    #: Its paragraphs; in later rounds under a dateline, so that it is a report of its own.
    paragraphs: tuple[str, ...]


class Agencies:
    """The reports of all agencies in the order of their publication, for ever from the beginning."""

    def __init__(self, content: dict[str, Any], *, every: float, started: float) -> None:
        self.feeds: dict[str, dict[str, Any]] = {feed["slug"]: feed for feed in content["feeds"]}
        self._order = in_turn(content["reports"])
        self._every = every
        self._started = started

    def out(self, now: float) -> list[Report]:
        """What is out at a moment, the newest first."""
        count = READY + max(int((now - self._started) // self._every), 0)
        first = max(count - 2 * len(self._order), 0)  # the last two rounds stay up, as an archive would
        return [self._report(number, now) for number in range(count - 1, first - 1, -1)]

    def of(self, feed: str, now: float) -> list[Report]:
        """The newest reports of one agency."""
        return [report for report in self.out(now) if report.text["feed"] == feed][:_SHOWN]

    def one(self, key: str, now: float) -> Report | None:
        """A report by its key, if it is out."""
        return next((report for report in self.out(now) if report.key == key), None)

    def _report(self, number: int, now: float) -> Report:
        turn, place = divmod(number, len(self._order))
        text = self._order[place]
        apart = READY_APART if number < READY else self._every
        at = self._started + (number - READY + 1) * apart
        retitled = bool(text.get("retitle")) and now >= at + RETITLED_AFTER * self._every
        published = datetime.fromtimestamp(at, UTC).replace(microsecond=0)
        changed = datetime.fromtimestamp(at + RETITLED_AFTER * self._every, UTC).replace(microsecond=0)
        dateline = (f"Port Ansel, {published:%H.%M} on {published:%A}, report number {number}.",) if turn else ()
        return Report(
            key=f"{text['key']}-{turn + 1}" if turn else text["key"],
            text=text,
            title=text["retitle"] if retitled else text["title"],
            published=published,
            updated=changed if retitled else published,
            paragraphs=(*dateline, *text["paragraphs"]),
        )


def in_turn(reports: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The agencies take turns; another agency's version of a report follows a little after the original."""
    waiting: dict[str, list[dict[str, Any]]] = {}
    for report in reports:
        if "near_duplicate_of" not in report:
            waiting.setdefault(report["feed"], []).append(report)
    order = []
    while any(waiting.values()):
        order += [queue.pop(0) for queue in waiting.values() if queue]
    for copy in (report for report in reports if "near_duplicate_of" in report):
        original = next(place for place, report in enumerate(order) if report["key"] == copy["near_duplicate_of"])
        order.insert(original + 1 + DUPLICATE_AFTER, copy)
    return order


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
    listed = "".join(f'<li><a href="/news/{one.key}">{escape(one.title)}</a></li>' for one in reports[:_SHOWN])
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>The demo\'s wire</title>{links}</head>'
        f"<body><h1>The demo's wire</h1><ul>{listed}</ul></body></html>"
    )


class Service(ThreadingHTTPServer):
    """The server with what it serves."""

    daemon_threads = True

    def __init__(self, port: int, agencies: Agencies, pictures: Path) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.agencies = agencies
        self.pictures = pictures
        self.base = f"http://127.0.0.1:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    server: Service
    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002  (the name its base class gives it)
        """Keep quiet: the demo's screen is for its addresses."""

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        path, agencies, now = self.path.partition("?")[0], self.server.agencies, time.time()
        for feed in agencies.feeds.values():
            ending, kind, written = FORMATS[feed["format"]]
            if path == f"/{feed['slug']}.{ending}":
                reports = agencies.of(feed["slug"], now)
                changed = max((report.updated for report in reports), default=None)
                self._send(written(feed, reports, self.server.base), kind, changed)
                return
        if path == "/":
            self._send(home(agencies.feeds, agencies.out(now)), "text/html")
        elif path == "/robots.txt":
            self._send("User-agent: *\nDisallow: /private/\n", "text/plain")
        elif match := re.fullmatch(r"/news/([\w-]+)", path):
            self._report(agencies.one(match[1], now))
        elif match := re.fullmatch(r"/pictures/([\w-]+)\.jpg", path):
            self._picture(self.server.pictures / f"{match[1]}.jpg")
        else:
            self._send("There is nothing here.\n", "text/plain", status=404)

    def _report(self, report: Report | None) -> None:
        if report is None:
            self._send("This report is not out.\n", "text/plain", status=404)
            return
        feed = self.server.agencies.feeds[report.text["feed"]]
        self._send(page(feed, report, self.server.base), "text/html", report.updated)

    def _picture(self, path: Path) -> None:
        if path.is_file():
            self._send(path.read_bytes(), "image/jpeg")
        else:
            self._send("This picture has not been drawn.\n", "text/plain", status=404)

    def _send(self, body: str | bytes, kind: str, changed: datetime | None = None, *, status: int = 200) -> None:
        content = body.encode() if isinstance(body, str) else body
        etag = f'"{hashlib.sha256(content).hexdigest()[:20]}"'
        fresh = status == 200 and self._has(etag, changed)
        self.send_response(304 if fresh else status)
        self.send_header("ETag", etag)
        if changed:
            self.send_header("Last-Modified", format_datetime(changed, usegmt=True))
        if not fresh:
            self.send_header("Content-Type", kind if kind.startswith("image/") else f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if not fresh and self.command != "HEAD":
            self.wfile.write(content)

    def _has(self, etag: str, changed: datetime | None) -> bool:
        """Whether the reader already has this (RFC 9110, 13.2.2: the entity tag counts first)."""
        if known := self.headers.get("If-None-Match"):
            return etag in [tag.strip().removeprefix("W/") for tag in known.split(",")]
        since = self.headers.get("If-Modified-Since")
        try:
            return bool(since and changed and changed <= parsedate_to_datetime(since))
        except (ValueError, TypeError):
            return False


def main(arguments: list[str] | None = None) -> int:
    """Serve until interrupted."""
    parser = argparse.ArgumentParser(prog="wire_service", description="The demo's local wire service.")
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--pictures", type=Path, required=True, help="the folder with <name>.jpg")
    parser.add_argument("--every", type=float, default=60.0, help="seconds between two reports")
    options = parser.parse_args(arguments)
    content = tomllib.loads(CONTENT.read_text(encoding="utf-8"))
    agencies = Agencies(content, every=options.every, started=time.time())
    with Service(options.port, agencies, options.pictures) as service:
        print(f"The demo's wire is at {service.base}", flush=True)
        try:
            service.serve_forever()
        except KeyboardInterrupt:
            return 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
