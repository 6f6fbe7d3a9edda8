"""Random changes to a random newsroom: does the press render again what each of them changes, and nothing else?

    python bench/exactness.py [--changes 10000] [--seed 1] [--each 80] [--postgres]

After every change each leaf is compared with a rendering of now: all are rendered every ``--whole``-th time, else those
of whose questions the database answers one differently (a rendering is made of nothing else). A leaf
that differs and was not purged is an error: the run says which and ends with 1. A leaf that was purged and does not
differ was rendered for nothing: the run counts and prints these. A new newsroom begins after ``--each`` changes. It
works on a database of its own.
"""

from __future__ import annotations

import argparse
import logging
import os
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path


def main() -> int:
    """Run the changes; returns 1 if a leaf was missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--changes", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--each", type=int, default=80, help="changes to one newsroom")
    parser.add_argument("--whole", type=int, default=40, help="every how many changes all leaves are rendered")
    parser.add_argument("--postgres", action="store_true", help="on 127.0.0.1:5432, or BROADSHEET_DATABASE_URL")
    options = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).parents[1]))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.settings"
    if options.postgres:
        os.environ["BROADSHEET_TEST_DATABASE"] = "postgres"
    with tempfile.TemporaryDirectory(prefix="bench-exactness-") as folder:
        os.environ["BROADSHEET_SITE"] = folder
        return run(Path(folder), options)


def run(folder: Path, options: argparse.Namespace) -> int:
    """Make newsrooms until enough has been changed; print the tally."""
    import django
    from django.conf import settings

    settings.CACHES = {
        "default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"},
        "renditions": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"},  # a rendering asks the database alone
    }
    django.setup()
    from broadsheet.press.edition import leaf

    leaf.SMALLEST_ENCODED = 10**9  # encodings are made of the bytes that are compared
    from django.db import connection

    logging.disable(logging.WARNING)
    connection.creation.create_test_db(verbosity=0, serialize=False)
    total, began = new_tally(), time.perf_counter()
    try:
        while total.changes < options.changes and not total.missed:
            one_newsroom(folder, options, total)
            took = time.perf_counter() - began
            spare = f"{total.over_purged:.1%} for nothing"
            print(f"{total.changes:>6} changes, {total.purged} purged, {spare}, {took:,.0f} s", flush=True)
    finally:
        connection.creation.destroy_test_db(str(connection.settings_dict["NAME"]), verbosity=0)
    show(total, connection.vendor, options.seed)
    return 1 if total.missed else 0


def one_newsroom(folder: Path, options: argparse.Namespace, total: object) -> None:
    """Change one newsroom a number of times, all of it undone at the end."""
    from django.conf import settings
    from django.db import transaction

    from broadsheet.press.edition import open_edition
    from broadsheet.press.printer import Printer
    from tests.factories import make_paper
    from tests.press.comparison import Comparison
    from tests.press.random_newsroom import RandomNewsroom

    seed = options.seed + total.changes // options.each
    settings.EDITION_PATH = str(folder / f"edition-{seed}.sqlite3")
    settings.MEDIA_ROOT = str(folder / "media")
    settings.PRESS_GUARD_RAISES = False
    keep_the_connection()
    with transaction.atomic():
        make_paper()
        newsroom = RandomNewsroom(seed)
        newsroom.build()
        edition = open_edition()
        comparison = Comparison(newsroom, Printer(edition), edition, total, whole=options.whole)
        for _ in range(min(options.each, options.changes - total.changes)):
            comparison.change()
        transaction.set_rollback(True)
    for left in folder.glob("*.sqlite3*"):
        if not left.name.startswith("test"):
            left.unlink()


def keep_the_connection() -> None:
    """Django closes it after a request; here it holds the newsroom's transaction."""
    from django.core.signals import request_finished, request_started
    from django.db import close_old_connections

    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)


def new_tally() -> object:
    """An empty count."""
    from tests.press.comparison import Tally

    return Tally()


def show(total: object, vendor: str, seed: int) -> None:
    """Print what the run came to."""
    print(f"\n{vendor}, seed {seed}: {total.changes} changes, {total.purged} leaves purged, {total.changed} changed")
    print(f"missed: {len(total.missed)}; rendered for nothing: {total.over_purged:.2%}")
    for what in total.missed[:20]:
        print(f"  missed {what}")
    by_change = Counter()
    for name, count in total.over.items():
        by_change[name.split(":")[0]] += count
    for name, count in by_change.most_common(12):
        print(f"  {count:>6} for nothing after {name} ({total.made[name]} times)")
    for name, count in total.over.most_common(25):
        print(f"  {count:>6} {name}")


if __name__ == "__main__":
    sys.exit(main())
