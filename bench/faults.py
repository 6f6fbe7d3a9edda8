"""The main database hanging, slow, locked, cut off: how long readers wait, against how long they wait without a fault.

    python bench/faults.py [--seconds 30] [--articles 100] [--postgres URL]

Readers ask for published addresses 100 times a second while eight others send forms and open the desk, which only the
database can answer: for some seconds without a fault, then for as many with it, in a web process of its own.
Limits: nothing wrong, no error, p99 at most 1.5 times that without the fault (or 250 ms), no thread more.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.survival import FRONTS, digests, make
from tests.press.outage.faults import ON_POSTGRESQL, ON_SQLITE, Outage, watch


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=int, default=30, help="without the fault, and with it")
    parser.add_argument("--articles", type=int, default=100)
    parser.add_argument("--postgres", default="", help="address of a database on a server where others may be made")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-faults-") as folder, ExitStack() as ending:
        site = make(Path(folder), options.articles, options.postgres, ending)
        paths = [*FRONTS, *(f"/news/report-{number}/" for number in range(options.articles))]
        site.wait_until("the survey", 120, lambda: "addresses and places" in site.log.read_text())
        right = digests(site, paths)
        print(f"{'fault':10}{'answers':>9}{'errors':>8}{'wrong':>7}{'p50 ms':>16}{'p99 ms':>16}{'others: 503':>13}")
        all_well = True
        for kind in ON_POSTGRESQL if options.postgres else ON_SQLITE:
            site.kill()
            seen = watch(site.start(), paths, kind, options.seconds)
            all_well = show(kind, seen, right) and all_well
    print("As it must be." if all_well else "NOT as it must be.")
    return 0 if all_well else 1


def show(kind: str, seen: Outage, right: dict[str, str]) -> bool:
    """Print a fault's line. Returns whether readers were spared."""
    before, during = seen.before, seen.during
    wrong, away = len(during.wrong(right)), sum(status == 503 for status in seen.others)
    middle, late = ([watched.within(share) for watched in (before, during)] for share in (0.5, 0.99))
    line = f"{kind:10}{len(during.answers):>9,}{len(during.errors):>8}{wrong:>7}"
    for then, now in (middle, late):
        line += f"{then * 1000:>7.1f} →{now * 1000:>7.1f}"
    print(f"{line}{away:>7,} of {len(seen.others):,}", flush=True)
    return not (during.errors or wrong) and late[1] <= max(0.25, 1.5 * late[0]) and seen.added[0] <= 1


if __name__ == "__main__":
    sys.exit(main())
