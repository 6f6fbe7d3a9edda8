"""The demo's local wire: three agencies that publish a report every minute or so, on loopback, without internet.

    python -m broadsheet.ops.demo.wire_service --port 8001 --pictures DIR --every 60

Feeds at /coastal.xml (RSS 2.0), /metro.xml (Atom) and /bulletin.json (JSON Feed), reports at /news/<key>, pictures at
/pictures/<name>.jpg. What is out depends on the clock alone: nothing is stored, and a restart begins anew.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import sys
import time
import tomllib
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from broadsheet.ops.demo.wire_agencies import Agencies, Report
from broadsheet.ops.demo.wire_documents import FORMATS, home, page

CONTENT = Path(__file__).parent / "content" / "wire.toml"


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
