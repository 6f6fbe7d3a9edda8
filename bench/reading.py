"""Views at a steady rate while readers go on reading: none lost, none doubled, and what it costs the readers.

    python bench/reading.py [--seconds 60] [--rate 1000] [--kills 0] [--postgres URL] [--seed 1]

The web process (one, four threads) has one core to itself; whoever asks has the other. Readers ask for cached pages at
200 requests a second, for a third of the time alone and then beside the views. Every view is another reader's, so each
must be counted once; one in ten is sent twice, which must count for nothing. With --kills the web process is killed so
often on the way. The limit is the rate asked for: the ratio printed is views counted a second, against it.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import sys
import tempfile
import threading
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.survival import make
from tests.press.outage.asking import Readers, Watched, ask
from tests.press.outage.site import Site

AGENT = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36"
HOSTS = ("", "localhost", "duckduckgo.com", "www.google.co.uk", "bsky.app", "blog.example.org")
COUNTED = """
    from django.db.models import Sum
    from broadsheet.readers.reading.models import Tally
    print(Tally.objects.aggregate(all=Sum("views"))["all"] or 0)
"""
IDS = "from broadsheet.newsroom.models import Article; print(*Article.objects.values_list('pk', flat=True))"
SENDERS = 4


@dataclass
class Sent:
    """What one sender has sent."""

    tried: int = 0
    acknowledged: int = 0
    times: list[float] = field(default_factory=list)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--rate", type=int, default=1000, help="views a second")
    parser.add_argument("--kills", type=int, default=0, help="how often the web process is killed meanwhile")
    parser.add_argument("--articles", type=int, default=200)
    parser.add_argument("--postgres", default="", help="address of a database on a server where others may be made")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, cores[:1])  # what is started from here on inherits it
    with tempfile.TemporaryDirectory(prefix="bench-reading-") as folder, ExitStack() as ending:
        site = make(Path(folder), options.articles, options.postgres, ending)
        site.wait_until("the survey", 120, lambda: "addresses and places" in site.log.read_text())
        os.sched_setaffinity(0, cores[1:] or cores)
        engine = "PostgreSQL" if options.postgres else "SQLite"
        print(f"{engine}, seed {options.seed}, {options.rate} views/s for {options.seconds} s, {len(cores)} cores")
        return 0 if measure(site, options, set(cores[:1])) else 1


def measure(site: Site, options: argparse.Namespace, core: set[int]) -> bool:
    """Run it; returns whether every view was counted once."""
    paths = [f"/news/report-{number}/" for number in range(options.articles)]
    articles = [int(number) for number in site.python(IDS).split()]
    for path in paths:
        site.get(path)
    with Readers(site.port, paths, 200, lines=2).reading() as readers:
        readers.until_now()
        time.sleep(options.seconds / 3)
        alone = readers.until_now()
        before = used(site)
        sent, took = send(site, articles, options, core)
        beside, cost = readers.until_now(), used(site) - before
    tried, acknowledged = sum(s.tried for s in sent), sum(s.acknowledged for s in sent)
    began = time.monotonic()
    while (counted := int(site.python(COUNTED))) < acknowledged and time.monotonic() - began < 30:
        time.sleep(0.5)
    lost, doubled = max(0, acknowledged - counted), max(0, counted - tried)
    print(f"\n{'views tried':32}{tried:>10,}\n{'acknowledged':32}{acknowledged:>10,}\n{'counted':32}{counted:>10,}")
    print(f"{'lost':32}{lost:>10,}\n{'doubled':32}{doubled:>10,}")
    print(f"{'counted a second':32}{counted / took:>10,.0f}   ratio to the limit {counted / took / options.rate:.2f}")
    if not options.kills:
        print(f"{'of the core, readers included':32}{cost / took:>10.0%}")
    times = sorted(second for each in sent for second in each.times)
    print(f"{'beacon p50, p99':32}{_at(times, 0.5):>8.2f} ms {_at(times, 0.99):>8.2f} ms")
    for name, seen in (("readers alone", alone), ("readers beside the views", beside)):
        times = _times(seen)
        print(
            f"{name + ' p50, p99':32}{_at(times, 0.5):>8.2f} ms {_at(times, 0.99):>8.2f} ms  {len(seen.errors)} errors"
        )
    ok = not lost and not doubled and (options.kills > 0 or counted / took >= 0.98 * options.rate)
    print("As it must be." if ok else "NOT as it must be.")
    return ok


def send(site: Site, articles: list[int], options: argparse.Namespace, core: set[int]) -> tuple[list[Sent], float]:
    """Have the views sent, and the web process killed meanwhile. Returns what was sent and how long it took."""
    sent = [Sent() for _ in range(SENDERS)]
    threads = [
        threading.Thread(target=sender, args=(number, site.port, articles, options, sent[number]))
        for number in range(SENDERS)
    ]
    began = time.monotonic()
    for thread in threads:
        thread.start()
    for _ in range(options.kills):
        time.sleep(options.seconds / (options.kills + 1))
        ours = os.sched_getaffinity(0)
        site.kill()
        os.sched_setaffinity(0, core)
        site.start()
        os.sched_setaffinity(0, ours)
    for thread in threads:
        thread.join()
    return sent, time.monotonic() - began


def sender(number: int, port: int, articles: list[int], options: argparse.Namespace, sent: Sent) -> None:
    """Send every fourth view, at its time."""
    chance, line, began = random.Random(options.seed * 1000 + number), None, time.monotonic()
    for view in range(number, options.rate * options.seconds, SENDERS):
        time.sleep(max(0.0, began + view / options.rate - time.monotonic()))
        headers = {
            "X-Forwarded-For": f"10.{view >> 16 & 255}.{view >> 8 & 255}.{view & 255}",
            "User-Agent": AGENT,
            "Content-Type": "application/x-www-form-urlencoded",
        }
        path, body = f"/seen/{chance.choice(articles)}/", f"from={chance.choice(HOSTS)}"
        sent.tried += 1
        answered = False
        for _ in range(1 + (chance.random() < 0.1)):
            try:
                line = line or http.client.HTTPConnection("127.0.0.1", port, timeout=5)
                got = ask(line, path, "POST", body, headers)
            except (OSError, http.client.HTTPException):
                line = None
                continue
            sent.times.append(got.seconds * 1000)
            answered = answered or got.status == 204
        sent.acknowledged += answered


def used(site: Site) -> float:
    """Seconds of a core that the web processes have used."""
    ticks, group = 0, site.process.pid if site.process else 0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            values = stat.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(values[2]) == group:
            ticks += int(values[11]) + int(values[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def _times(seen: Watched) -> list[float]:
    return sorted(got.seconds * 1000 for got in seen.answers)


def _at(times: list[float], share: float) -> float:
    return times[int(len(times) * share)] if times else 0.0


if __name__ == "__main__":
    sys.exit(main())
