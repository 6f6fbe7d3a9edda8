"""A newspaper's archive of any size, and what everything costs in it.

    python -m bench.archive fill --site DIR --articles 1000000

Fills a site with articles as the product would have left them; a fill that was ended goes on where it stopped.

    python -m bench.archive check

Makes some articles both ways in a scratch site, in bulk and through the product, and compares every row.

    python -m bench.archive measure --site SMALL --site LARGE

Publishes, renders and opens the desk's pages in both by turns, and prints what each costs and the ratio.

    python -m bench.archive visible --site LARGE

Serves the site, has readers read, publishes, and prints how soon each page that it touches shows it.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.archive.world import World


def main() -> int:
    """Do as told."""
    parser = argparse.ArgumentParser(prog="python -m bench.archive", description=(__doc__ or "").splitlines()[0])
    verbs = parser.add_subparsers(dest="verb", required=True)
    filling = verbs.add_parser("fill", help="make an archive, or go on with one")
    filling.add_argument("--site", type=Path, required=True, help="its folder")
    filling.add_argument("--articles", type=int, default=10_000)
    filling.add_argument("--seed", type=int, default=7)
    filling.add_argument("--until", default="", help="when the newest was published, ISO 8601; now")
    filling.add_argument("--database", default="", help="postgresql://user@host/name; SQLite in the folder")
    verbs.add_parser("check", help="compare what a fill writes with what the product writes")
    measuring = verbs.add_parser("measure", help="compare what things cost in sites of different sizes")
    measuring.add_argument("--site", type=Path, action="append", required=True, help="the smallest first")
    measuring.add_argument("--database", action="append", default=[], help="one for each site; SQLite in its folder")
    measuring.add_argument("--rounds", type=int, default=15)
    measuring.add_argument("--only", default="", help="only the cases whose name has this in it")
    seeing = verbs.add_parser("visible", help="how soon a publication is seen on every page it touches")
    seeing.add_argument("--site", type=Path, required=True)
    seeing.add_argument("--database", default="", help="SQLite in the site's folder")
    seeing.add_argument("--publications", type=int, default=40)
    seeing.add_argument("--connections", type=int, default=4, help="of readers")
    seeing.add_argument("--pace", type=float, default=3.0, help="requests a second of each")
    probing = verbs.add_parser("probe", help="one site's side of measure")
    probing.add_argument("--site", type=Path, required=True)
    probing.add_argument("--database", default="")
    options = parser.parse_args()
    return int(globals()[options.verb](options))


def fill(options: argparse.Namespace) -> int:
    """Fill a site."""
    use(options.site, options.database, "bench.archive.settings")
    from bench.archive.fill import fill as fill_site
    from bench.archive.plan import Shape
    from broadsheet.ops.prepare import prepare

    prepare("The Archive")
    until = datetime.fromisoformat(options.until) if options.until else datetime.now(UTC)
    fill_site(options.site, Shape(seed=options.seed, articles=options.articles, until=until))
    return 0


def check(options: argparse.Namespace) -> int:
    """Compare rows in a scratch site."""
    with tempfile.TemporaryDirectory(prefix="bench-archive-") as folder:
        use(Path(folder), "", "bench.archive.settings")
        from bench.archive.check import differences
        from bench.archive.founding import found
        from bench.archive.plan import Shape
        from broadsheet.ops.prepare import prepare

        prepare("The Archive")
        small = {"authors": 9, "topics": 20, "pictures": 3, "tops": 2, "middles": 1, "leaves": 1}
        world = found(Shape(articles=12, until=datetime.now(UTC), **small))
        wrong = differences(world, range(12))
    print("\n".join(wrong) or "12 articles are the same, made either way.")
    return 1 if wrong else 0


def measure(options: argparse.Namespace) -> int:
    """Measure and compare."""
    from bench.archive.measure import Site
    from bench.archive.measure import measure as compare

    databases = options.database or [""] * len(options.site)
    sites = [Site(folder, database) for folder, database in zip(options.site, databases, strict=True)]
    missed = compare(sites, options.rounds, options.only)
    for site in sites:
        site.close()
    return 1 if missed else 0


def visible(options: argparse.Namespace) -> int:
    """Publish with readers about."""
    world = opened(options)
    from bench.archive.visible import Run
    from bench.archive.visible import visible as see

    run = Run(publications=options.publications, connections=options.connections, pace=options.pace)
    return 0 if see(options.site, world, run) else 1


def probe(options: argparse.Namespace) -> int:
    """Answer for one site, with an edition of its own: what readers have asked for in it makes no difference."""
    world = opened(options)
    from django.conf import settings

    from bench.archive.probe import serve

    with tempfile.TemporaryDirectory(prefix="bench-archive-") as folder:
        settings.EDITION_PATH = str(Path(folder) / "edition.sqlite3")
        return serve(world)


def opened(options: argparse.Namespace) -> World:
    """Start Django on a filled site.

    Raises:
        SystemExit: it has not been filled.
    """
    use(options.site, options.database)
    from bench.archive.world import load

    world = load(options.site)
    if world is None:
        raise SystemExit(f"{options.site} holds no archive: fill it first.")
    return world


def use(site: Path, database: str = "", settings: str = "broadsheet.ops.settings") -> None:
    """Start Django on a site of its own, with nothing else set."""
    for name in [name for name in os.environ if name.startswith(("BROADSHEET_", "DJANGO_"))]:
        del os.environ[name]
    site.mkdir(parents=True, exist_ok=True)
    os.environ |= {"BROADSHEET_SITE": str(site.resolve()), "DJANGO_SETTINGS_MODULE": settings}
    if database:
        os.environ["BROADSHEET_DATABASE_URL"] = database
    import django

    django.setup()


if __name__ == "__main__":
    sys.exit(main())
