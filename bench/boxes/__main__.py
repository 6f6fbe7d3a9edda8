"""Readers of live boxes while what these show changes each second, the web process killed in the middle.

    python -m bench.boxes [--readers 5000] [--posts 180] [--postgres URL] [--seed 1] [--no-retry] [--unpurged]

A site served as `broadsheet run` does, with its worker. Half the readers have the home page open, half an article; each
asks for the page's boxes as its script does: when a box comes near the window, then once in its life, sooner where
that failed. An editor publishes a running story anew each second; it stands in What's hot, Top posts and Latest.
Half way the web process and all it started is killed with SIGKILL and started again.

Limits: of all answers, and of all that was shown beyond a box's life, 95 of 100 within 3 s; nobody lacks the last post
a life (and 3 s) after it. With --unpurged a web process whose boxes are never purged serves them: it must fail. With
--no-retry a script gives a failed box up until its next life, as ours once did: compare.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from contextlib import ExitStack
from itertools import pairwise
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench.boxes.judging import Judged, at, judge
from bench.boxes.reader import Fetched
from bench.boxes.site import FETCHED, begin_story, boxes_of, posting, posts_of, readers
from bench.survival import make
from tests.press.outage.site import Site

LIMIT = 3.0
"""Seconds."""


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--readers", type=int, default=5000)
    parser.add_argument("--posts", type=int, default=180, help="one a second")
    parser.add_argument("--articles", type=int, default=30)
    parser.add_argument("--postgres", default="", help="address of a database on a server where others may be made")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--no-retry", action="store_true", help="a failed box is given up until its next life")
    parser.add_argument("--unpurged", action="store_true", help="the broken twin")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-boxes-") as folder, ExitStack() as ending:
        site = make(Path(folder), options.articles, options.postgres, ending)
        begin_story(site)
        if options.unpurged:
            site.stop()
            site.application = "bench.boxes.unpurged:application"
            site.start()
        ending.enter_context(site.worker())
        return 0 if measure(site, options) else 1


def plan(site: Site, options: argparse.Namespace, begin: float) -> dict[str, Any]:
    """What the readers' process is told."""
    pages = [boxes_of(site, "/"), boxes_of(site, "/news/report-1/")]
    life = max(life for page in pages for _, life in page)
    return {
        "port": site.port,
        "seed": options.seed,
        "readers": options.readers,
        "retries": not options.no_retry,
        "pages": pages,  # by turns; each a list of boxes with their lives
        "begin": begin,  # these two on the monotonic clock, in seconds
        "until": begin + options.posts + life + LIMIT + 15,
        "arriving": life,
    }


def measure(site: Site, options: argparse.Namespace) -> bool:
    """Run it; returns whether all is within the limits."""
    begin = time.monotonic() + 5
    told = plan(site, options, begin)
    print(f"{'PostgreSQL' if options.postgres else 'SQLite'}, seed {options.seed}, {options.readers:,} readers")
    print(f"their boxes: {told['pages']}", flush=True)
    with readers(site.folder, told) as crowd, posting(site, begin, options.posts) as editor:
        time.sleep(max(0.0, begin + options.posts / 2 - time.monotonic()))
        killed = time.monotonic()
        site.kill()
        site.start()
        print(f"killed half way; answering again after {time.monotonic() - killed:.1f} s", flush=True)
        editor.wait()
        crowd.wait()
    posts, found = posts_of(site.folder), json.loads((site.folder / FETCHED).read_text())
    gaps = sorted(after - before for (_, before), (_, after) in pairwise(posts))
    print(f"{len(posts)} posts published, {at(gaps, 0.5):.2f} s apart (p50), at most {gaps[-1]:.2f}")
    fetched = [[Fetched(**each) for each in reader] for reader in found["fetched"]]
    life = max(life for page in told["pages"] for _, life in page)
    return report(judge(fetched, posts, life=life, limit=LIMIT), found["failures"])


def report(judged: Judged, failures: int) -> bool:
    """Print it; returns whether all is within the limits."""
    rows = (
        ("until an answer", judged.waits),
        ("shown beyond a life", judged.overdue),
        ("the same, next answer failed first", judged.met_restart),
    )
    print(f"\n{'seconds':38}{'of':>8}{'p50':>9}{'p95':>9}{'p99':>9}{'worst':>9}{'p95 / limit':>13}")
    for name, values in rows:
        figures = "".join(f"{at(values, share):>9.3f}" for share in (0.5, 0.95, 0.99, 1))
        print(f"{name:38}{len(values):>8,}{figures}{at(values, 0.95) / LIMIT:>13.3f}")
    print(f"\n{failures:,} fetches failed; {judged.lacking} of {judged.boxes:,} boxes lack the last post a life later")
    ok = max(at(judged.waits, 0.95), at(judged.overdue, 0.95)) <= LIMIT and not judged.lacking
    print("As it must be." if ok else "NOT as it must be.")
    return ok


if __name__ == "__main__":
    sys.exit(main())
