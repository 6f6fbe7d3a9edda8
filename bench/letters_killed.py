"""A letter's sender killed over and over: who got the letter twice, and who was skipped in silence.

    python bench/letters_killed.py [--kills 300] [--recipients 10000] [--seed 1] [--forgetful] [--postgres URL]

After the kills a sender finishes the letter with the same plain mail server. With --forgetful it is the broken twin,
whose deliveries are not marked before the mail server hears of them: it must fail.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from contextlib import nullcontext
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.press.outage.databases import postgresql
from tests.readers.newsletters.killing.run import ordeal
from tests.readers.newsletters.killing.server import serving
from tests.readers.newsletters.killing.site import SendingSite


def main() -> int:
    """Run it and print what it came to; 0 if nobody got it twice and nobody was skipped."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--kills", type=int, default=300)
    parser.add_argument("--recipients", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--forgetful", action="store_true", help="the broken twin")
    parser.add_argument("--postgres", default="", help="address of a database on a server where others may be made")
    options = parser.parse_args()
    scratch = postgresql(options.postgres) if options.postgres else nullcontext("")
    with tempfile.TemporaryDirectory(prefix="bench-killed-") as folder, serving() as server, scratch as url:
        site = SendingSite(folder=Path(folder), port=server.port, database_url=url)
        site.found()
        site.fill(readers=options.recipients)
        began = time.monotonic()
        found = ordeal(
            site,
            server,
            readers=options.recipients,
            kills=options.kills,
            seed=options.seed,
            forgetful=options.forgetful,
        )
    print(f"{found.kills} kills in {time.monotonic() - began:.0f} s, {server.got.total()} letters given over")
    print(f"deliveries: {found.states}; of those in doubt {found.doubtful_sent} had arrived; letter: {found.letter}")
    print(f"twice: {len(found.twice)}, skipped in silence: {len(found.skipped)}")
    return 1 if found.twice or found.skipped else 0


if __name__ == "__main__":
    sys.exit(main())
