"""The main database stopped under load; the application killed and restarted meanwhile; then the edition deleted.

    python bench/survival.py [--seconds 40] [--rate 200] [--articles 200] [--postgres URL] [--seed 1]

Readers ask for published addresses at a steady rate: for some seconds with the database, for some without it, for some
more with the application killed and restarted (still without it), and, once it is back, with the edition deleted. On
PostgreSQL (an address of a server where a database may be made) it is stopped by refusing and cutting its line; on
SQLite by moving its file away. For the whole programme: --seconds 600 --articles 10000.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.press.outage.asking import Readers, Watched
from tests.press.outage.databases import postgresql
from tests.press.outage.line import Line, through
from tests.press.outage.site import Site

FILL = """
    from django.db import transaction
    from broadsheet.ops.prepare import prepare
    prepare("The Survivor")
    from broadsheet.newsroom.models import Section
    from tests.factories import make_article, make_person
    news, ann = Section.objects.get(slug="news"), make_person("Ann Author", slug="ann")
    for first in range(0, {articles}, 100):
        with transaction.atomic():
            for number in range(first, min(first + 100, {articles})):
                text = f"The council met on day {{number}} and spoke of the harbour wall. " * 60
                make_article(news, slug=f"report-{{number}}", title=f"Report {{number}}", authors=[ann], text=text)
"""
PUBLISH = """
    from broadsheet.newsroom.models import Section
    from tests.factories import make_article
    make_article(Section.objects.get(slug="news"), slug="afterwards", title="Published meanwhile")
"""
BOX = re.compile(rb"<live-box .*?</live-box>", re.DOTALL)
FRONTS = ("/", "/news/", "/archive/", "/authors/ann/", "/sitemap.xml", "/feed/rss.xml", "/news/feed/rss.xml")


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=int, default=40, help="for each part")
    parser.add_argument("--rate", type=int, default=200, help="requests a second")
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--postgres", default="", help="address of a database on a server where others may be made")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-survival-") as folder, ExitStack() as ending:
        site = make(Path(folder), options.articles, options.postgres, ending)
        print(f"{'PostgreSQL' if options.postgres else 'SQLite'}, seed {options.seed}, {options.rate} requests/s")
        return 0 if measure(site, options) else 1


def make(folder: Path, articles: int, server: str, ending: ExitStack) -> Site:
    """A filled site; what it needs is ended with the stack."""
    (folder / "broadsheet.toml").write_text('name = "The Survivor"\n')
    site = Site(folder=folder)
    if server:
        url = ending.enter_context(postgresql(server))
        line = Line(urlsplit(url).port or 5432)
        ending.callback(line.close)
        site = Site(folder=folder, database_url=through(url, line), direct_url=url, line=line)
    ending.callback(site.kill)
    site.python(FILL.format(articles=articles), timeout=7200)
    return site.start()


def measure(site: Site, options: argparse.Namespace) -> bool:
    """Run the parts; returns whether all is as it must be."""
    paths = [*FRONTS, *(f"/news/report-{number}/" for number in range(options.articles))]
    site.wait_until("the survey", 120, lambda: "addresses and places" in site.log.read_text())
    right = digests(site, paths)
    random.Random(options.seed).shuffle(paths)
    print(f"{len(paths)} published addresses\n")
    print(f"{'':44}{'answers':>9}{'errors':>8}{'wrong':>7}{'p50 ms':>9}{'p99 ms':>9}")
    with Readers(site.port, paths, options.rate, lines=16).reading() as readers:

        def part(name: str, seconds: float) -> Watched:
            readers.until_now()
            time.sleep(seconds)
            return show(name, readers.until_now(), right)

        normal = part("with the database", options.seconds)
        with stopped(site):
            without = part("without it", options.seconds)
            site.kill()
            site.start()
            restarted = part("application killed and restarted, without it", options.seconds)
            if site.line:
                site.python(PUBLISH)
        if not site.line:
            site.python(PUBLISH)
        caught_up = site.wait_until("catching up", 120, lambda: "Published meanwhile" in site.get("/news/").text)
    printed = apart_from_boxes(site, paths)
    delete_edition(site)
    rebuilt = apart_from_boxes(site, paths)
    same = sum(rebuilt[path] == printed[path] for path in paths)
    print(f"\nWhat was published meanwhile was shown {caught_up:.1f} s after the database was back.")
    print(f"Edition deleted: {same} of {len(paths)} addresses printed anew byte for byte,")
    print("apart from live boxes, which stand in a page as they were when it was printed.")
    limit = max(0.25, 1.5 * normal.p99())
    ok = all(not seen.errors and not seen.wrong(right) and seen.p99() <= limit for seen in (without, restarted))
    ok = ok and caught_up <= 60 and same == len(paths)
    print("As it must be." if ok else "NOT as it must be.")
    return ok


def show(name: str, seen: Watched, right: dict[str, str]) -> Watched:
    """Print a part's line."""
    times = sorted(got.seconds * 1000 for got in seen.answers) or [0.0]
    middle, late = times[len(times) // 2], seen.p99() * 1000
    wrong = len(seen.wrong(right))
    print(f"{name:44}{len(times):>9,}{len(seen.errors):>8}{wrong:>7}{middle:>9.1f}{late:>9.1f}", flush=True)
    for error in seen.errors[:3]:
        print(f"    {error}")
    return seen


def digests(site: Site, paths: list[str]) -> dict[str, str]:
    """What each address answers now."""
    return {path: site.get(path, timeout=60).digest for path in paths}


def apart_from_boxes(site: Site, paths: list[str]) -> dict[str, str]:
    """The same without live boxes: a page does not follow them, so it has those of when it was printed."""
    bodies = ((path, site.get(path, timeout=60).body) for path in paths)
    return {path: hashlib.blake2b(BOX.sub(b"", body), digest_size=12).hexdigest() for path, body in bodies}


def delete_edition(site: Site) -> None:
    """Delete the edition's file, and wait until the web process has noticed (it looks every second)."""
    for suffix in ("", "-wal", "-shm"):
        site.edition.with_name(site.edition.name + suffix).unlink(missing_ok=True)
    time.sleep(2)


@contextmanager
def stopped(site: Site) -> Iterator[None]:
    """Without the main database."""
    database, elsewhere = site.folder / "broadsheet.sqlite3", site.folder / "elsewhere.sqlite3"
    if site.line:
        site.line.set("refuse")
    else:
        database.rename(elsewhere)
    yield
    if site.line:
        site.line.set("through")
    else:
        elsewhere.rename(database)


if __name__ == "__main__":
    sys.exit(main())
