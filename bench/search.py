"""How long readers' search takes, through the page itself, against the limit.

    python -m bench.search SITE [--rounds 20] [--database postgresql://user@host/name]

SITE is a site that ``python -m bench.archive fill`` has filled. Of every kind ROUNDS different queries are asked, each
once cold, once with no hit kept by the process, and once more with its hits kept; then all of them once in any order,
in which hits are kept as they come. The page is rendered whole, without a server around it.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

LIMIT_MS = 50.0
SUGGEST = "/search/suggest/"
KINDS = {
    "common word": {"q": "{one}"},
    "common word, newest first": {"q": "{one}", "order": "newest"},
    "rare word": {"q": "{rare}"},
    "two common words": {"q": "{one} {other}"},
    "phrase of everyday words": {"q": '"{little} {small}"'},
    "phrase of two words": {"q": '"{one} {other}"'},
    "phrase of three words": {"q": '"{little} the {one}"'},
    "beginning": {"q": "{begun}*"},
    "beginning of many words": {"q": "{many}*"},
    "rare words together": {"q": "{rare} {rarer}"},
    "without a word": {"q": "{one} -{other}"},
    "common word in a section": {"q": "{one}", "section": "{section}"},
    "common word of an author": {"q": "{one}", "author": "{author}"},
    "common word on a topic": {"q": "{one}", "topic": "{topic}"},
    "common word, past month": {"q": "{one}", "since": "month"},
    "common word, years ago": {"q": "{one}", "from": "{since}", "to": "{until}"},
    "misspelt": {"q": "{wrong} {other}"},
    "nothing": {"q": "xyzzy{n}plugh"},
    "page five": {"q": "{one}", "page": "5"},
}
"""Queries of every kind: common and rare words, phrases, filters, beginnings, what is misspelt."""


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
    """Ask every kind of query, each time with other words, and print each kind and all together."""
    from django.db import connection
    from django.test import Client

    from broadsheet.newsroom.models import Listing, ListKind
    from broadsheet.ops.settling import settle
    from broadsheet.readers.search.shell import shell

    articles = Listing.objects.filter(kind=ListKind.SITE).count()
    print(f"{articles:,} articles, {connection.vendor}, {rounds} queries of each kind")
    client = Client(headers={"Host": "localhost"})
    client.get("/search/")
    settle()  # as a web process does when it has loaded
    anew: list[float] = []
    kept: list[float] = []
    asked_for = kinds(rounds)
    for name, queries in asked_for.items():
        cold, first, again = [], [], []
        for asked in queries:
            ask = partial(client.get, "/search/", asked)
            cold.append(timed(ask))
            shell().hits.clear()
            first.append(timed(ask))
            again.append(timed(ask))
        anew, kept = anew + first, kept + again
        print(f"{name:<28} cold p50 {statistics.median(cold):7.1f}  {told(first)}  hits kept: {told(again)}")
    print(f"{'all':<45} {told(anew)}  hits kept: {told(kept)}")
    mixed = [partial(client.get, "/search/", asked) for queries in asked_for.values() for asked in queries]
    random.Random(3).shuffle(mixed)
    shell().hits.clear()
    print(f"{'each once, in any order':<45} {told([timed(ask) for ask in mixed])}")
    begun = [{"q": word[:3]} for word in ("harbour", "station", "council", "street", "election", "police", "world")]
    print(
        f"{'suggestions for three letters':<45} {told([timed(partial(client.get, SUGGEST, asked)) for asked in begun])}"
    )


def told(times: list[float]) -> str:
    """Milliseconds, and the ratio to the limit."""
    p95 = percentile(times, 95)
    return f"p50 {statistics.median(times):6.1f}  p95 {p95:6.1f} ms {p95 / LIMIT_MS:5.2f}"


def kinds(rounds: int) -> dict[str, list[dict[str, str]]]:
    """So many queries of each of KINDS."""
    words = [values(n) for n in range(rounds)]
    return {
        name: [{field: text.format(**known) for field, text in fields.items()} for known in words]
        for name, fields in KINDS.items()
    }


def values(n: int) -> dict[str, Any]:
    """What stands in the n-th query of each kind."""
    from bench.archive.words import COMMON, vocabulary
    from broadsheet.newsroom.models import Person, Section, Topic

    section = Section.objects.live().order_by("-depth", "path")[n % 20 : n % 20 + 1].first()
    person, topic = (
        Person.objects.order_by("pk")[n % 50 : n % 50 + 1],
        Topic.objects.order_by("pk")[n % 50 : n % 50 + 1],
    )
    if not (section and person and topic):
        raise SystemExit("There is nothing to search: fill the site with bench.archive first.")
    content, rare = COMMON[COMMON.index("council") :], vocabulary()[9000:]
    one, other = content[n % len(content)], content[(n * 7 + 3) % len(content)]
    first = datetime.now(UTC).year - 2 - n % 16
    return {
        "n": n, "one": one, "other": other, "wrong": f"{one[:-2]}{one[-1]}{one[-2]}", "begun": one[:4],
        "little": COMMON[n % 12], "small": COMMON[n % 12 + 1], "rare": rare[n * 50], "rarer": rare[n * 50 + 3000],
        "many": rare[n * 31][:3], "section": (section.get_url() or "/").strip("/"), "author": person[0].slug,
        "topic": topic[0].slug, "since": f"{first}-03-04", "until": f"{first + 1}-01-20",
    }  # fmt: skip


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
