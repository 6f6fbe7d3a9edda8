"""How long readers' search takes, through the page itself, against the limit.

    python -m bench.search SITE [--rounds 20] [--database postgresql://user@host/name]

SITE is a site that ``python -m bench.archive fill`` has filled. Every query is asked once cold and then ROUNDS times;
the page is rendered whole, without a server around it.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

LIMIT_MS = 50.0


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("site", type=Path)
    options.add_argument("--rounds", type=int, default=20)
    options.add_argument("--database", default="", help="SQLite in the site's folder")
    given = options.parse_args()
    os.environ["BROADSHEET_SITE"] = str(given.site)
    os.environ["BROADSHEET_DATABASE_URL"] = given.database
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bench.archive.settings")
    import django

    django.setup()
    measure(given.rounds)


def measure(rounds: int) -> None:
    """Ask every query, and print each and all together."""
    from django.db import connection
    from django.test import Client

    from broadsheet.newsroom.models import Listing, ListKind
    from broadsheet.ops.settling import settle

    articles = Listing.objects.filter(kind=ListKind.SITE).count()
    print(f"{articles:,} articles, {connection.vendor}, {rounds} rounds")
    client, every = Client(headers={"Host": "localhost"}), []
    client.get("/search/")
    settle()  # as a web process does when it has loaded
    for name, asked in cases().items():
        cold = timed(lambda asked=asked: client.get("/search/", asked))  # type: ignore[misc]  # bound at once
        warm = [timed(lambda asked=asked: client.get("/search/", asked)) for _ in range(rounds)]  # type: ignore[misc]
        every += warm
        p95 = percentile(warm, 95)
        print(
            f"{name:<28} cold {cold:7.1f}  p50 {statistics.median(warm):6.1f}  p95 {p95:6.1f} ms"
            f"  {p95 / LIMIT_MS:5.2f} of the limit"
        )
    p95 = percentile(every, 95)
    share = p95 / LIMIT_MS
    print(f"all: p50 {statistics.median(every):.1f}, p95 {p95:.1f} ms, {share:.2f} of the limit of {LIMIT_MS:g} ms")


def cases() -> dict[str, dict[str, str]]:
    """Queries of every kind: common and rare words, phrases, filters, beginnings, what is misspelt."""
    from bench.archive.words import vocabulary
    from broadsheet.newsroom.models import Person, Section, Topic

    rare, section = vocabulary()[9000], Section.objects.live().order_by("-depth", "path").first()
    person, topic = Person.objects.order_by("pk").first(), Topic.objects.order_by("pk").first()
    if not (section and person and topic):
        raise SystemExit("There is nothing to search: fill the site with bench.archive first.")
    year = datetime.now(UTC).year
    slug = (section.get_url() or "/").strip("/")
    return {
        "common word": {"q": "council"},
        "common word, newest first": {"q": "council", "order": "newest"},
        "rare word": {"q": rare},
        "two common words": {"q": "council harbour"},
        "phrase": {"q": '"of the"'},
        "phrase of two words": {"q": '"council harbour"'},
        "phrase of three words": {"q": '"of the council"'},
        "beginning": {"q": "harb*"},
        "beginning of many words": {"q": "sta*"},
        "rare words together": {"q": f"{rare} {vocabulary()[12000]}"},
        "without a word": {"q": "council -harbour"},
        "common word in a section": {"q": "council", "section": slug},
        "common word of an author": {"q": "council", "author": person.slug},
        "common word on a topic": {"q": "council", "topic": topic.slug},
        "common word, past month": {"q": "council", "since": "month"},
        "common word, ten years ago": {"q": "council", "from": f"{year - 10}-03-04", "to": f"{year - 9}-01-20"},
        "misspelt": {"q": "counsil harbuor"},
        "nothing": {"q": "xyzzyplugh"},
        "page five": {"q": "council", "page": "5"},
    }


def timed(act: Callable[[], Any]) -> float:
    """Milliseconds."""
    began = time.perf_counter()
    answer = act()
    if getattr(answer, "status_code", 200) != 200:
        raise SystemExit(f"The page answered {answer.status_code}.")
    return (time.perf_counter() - began) * 1000


def percentile(values: list[float], part: int) -> float:
    """The value that so many per cent do not exceed."""
    return sorted(values)[min(len(values) - 1, len(values) * part // 100)]


if __name__ == "__main__":
    sys.exit(main())
