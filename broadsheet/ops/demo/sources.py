"""The demo's own wire service as news sources."""

from __future__ import annotations

from django.utils import timezone

from broadsheet.ops.demo import texts
from broadsheet.wire.models import Filing, Kind, Rights, Source

FILES = {"rss": "xml", "atom": "xml", "json": "json"}
BY_ITSELF = "bulletin"
"""The agency whose reports are published without an editor, so that the paper moves while one watches."""


def point_at(wire_port: int) -> None:
    """Listen to the agencies of the demo's wire, at the port it has in this run."""
    for feed in texts.wire()["feeds"]:
        rights = Rights(feed["rights"])
        base = f"http://127.0.0.1:{wire_port}"
        kind = Kind.JSON if feed["format"] == "json" else Kind.FEED
        values = {
            "url": f"{base}/{feed['slug']}.{FILES[feed['format']]}",
            "site_url": f"{base}/",
            "kind": kind,
            "next_fetch_at": timezone.now(),
            "interval": 60,
        }
        first = {
            "rights": rights,
            "licence": feed["licence"] if rights == Rights.FULL_TEXT else "",
            "images_allowed": rights == Rights.FULL_TEXT,
            "section_hint": feed.get("section_hint", ""),
            "filing": Filing.PUBLISH if feed["slug"] == BY_ITSELF else Filing.HOLD,
        }
        Source.objects.update_or_create(name=feed["title"], defaults=values, create_defaults={**values, **first})
