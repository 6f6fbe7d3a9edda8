"""How fast feeds are parsed and cleaned, against feedparser on the same feeds in the same run.

    python bench/wire.py --corpora DIR      (or BROADSHEET_CORPORA; every file below it, or in the *.tar.zst archives
                                             below it, is taken for a feed)

Everything runs in this process on one core; seconds are of processor time. Prints counts, figures and ratios.
"""

from __future__ import annotations

import argparse
import io
import os
import platform
import sys
import tarfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import feedparser
import zstandard
from django.conf import settings

sys.path.insert(0, str(Path(__file__).parents[1]))
settings.configure()

from broadsheet.wire.decide import report_from  # noqa: E402  (needs the settings)
from broadsheet.wire.formats import job  # noqa: E402

NO_FEEDS = (".md", ".txt", ".html", ".gz", ".zst", ".jsonl")
NOW = datetime.now(UTC)


def feeds(folder: Path) -> Iterator[bytes]:
    """Every feed below a folder, loose or archived."""
    for path in sorted(folder.rglob("*")):
        if path.name.endswith(".tar.zst"):
            with path.open("rb") as packed:
                content = zstandard.ZstdDecompressor().stream_reader(packed).read()
            with tarfile.open(fileobj=io.BytesIO(content)) as archive:
                for member in archive:
                    if member.isfile() and not member.name.endswith(NO_FEEDS):
                        yield archive.extractfile(member).read()  # type: ignore[union-attr]
        elif path.is_file() and not path.name.endswith(NO_FEEDS):
            yield path.read_bytes()


def ours_parse(body: bytes) -> int:
    """Parse as the wire does. Returns: entries."""
    return len(job.read(body, "https://feed.example/", "application/xml", NOW).items)


def ours_parse_and_clean(body: bytes) -> int:
    """Parse, and clean every entry as if all were new. Returns: entries."""
    feed = job.read(body, "https://feed.example/", "application/xml", NOW)
    return len([report_from(entry, language="", images_allowed=True) for entry in feed.items])


def peer(body: bytes) -> int:
    """feedparser, with its own sanitising. Returns: entries."""
    return len(feedparser.parse(io.BytesIO(body)).entries)


def measure(name: str, work: Callable[[bytes], int], bodies: list[bytes]) -> float:
    """Time one way over all feeds. Returns: feeds a second of processor."""
    entries = failed = 0
    started = time.process_time()
    for body in bodies:
        try:
            entries += work(body)
        except Exception:  # each way has feeds that it refuses; they are counted
            failed += 1
    seconds = time.process_time() - started
    rate = len(bodies) / seconds
    print(f"{name:<28} {rate:8.1f} feeds/s  {entries / seconds:9.1f} entries/s  {failed} refused")
    return rate


def main() -> int:
    """Measure all three ways and print the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--corpora", type=Path, default=os.environ.get("BROADSHEET_CORPORA"))
    options = parser.parse_args()
    if options.corpora is None or not Path(options.corpora).is_dir():
        print("Give a folder of feeds with --corpora or BROADSHEET_CORPORA.", file=sys.stderr)
        return 2
    bodies = list(feeds(Path(options.corpora)))
    if not bodies:
        print(f"There are no feeds below {options.corpora}.", file=sys.stderr)
        return 2
    size = sum(map(len, bodies)) / 1e6
    print(
        f"{len(bodies)} feeds, {size:.1f} MB; Python {platform.python_version()}, feedparser {feedparser.__version__}"
    )
    parsed = measure("wire: parse", ours_parse, bodies)
    cleaned = measure("wire: parse and clean", ours_parse_and_clean, bodies)
    theirs = measure("feedparser (sanitising)", peer, bodies)
    print(f"ratio to feedparser: parse {parsed / theirs:.1f}, parse and clean {cleaned / theirs:.1f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
