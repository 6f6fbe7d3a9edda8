"""A published article from the edition, against its limits and its peers, in one run.

    python -m bench.front [--seconds 5] [--rounds 3] [--connections 32] [--only WORD]

The limits: nginx with gzip_static, and an application that answers the same bytes (and the same headers) at once under
the same server. The peers: the same site rendered by Django each time, and a plain Wagtail site with a page of about
the same size, without and with wagtail-cache. Each server runs alone on one core, the load (wrk) on the other; they
take turns, and the median of the rounds counts. Compare the ratios, not the requests a second. Needs nginx and wrk
(Debian: apt install nginx-light wrk), and wagtail-cache for its row (pip install --no-deps wagtail-cache).
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from statistics import median

from bench.front import servers, site
from bench.front.loading import Figure, Load, Server, serve_and_load


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.front", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--connections", type=int, default=32)
    parser.add_argument("--only", default="", help="nginx, Broadsheet, and the servers whose name has this in it")
    options = parser.parse_args()
    for tool in ("nginx", "wrk", "taskset"):
        if shutil.which(tool) is None:
            print(f"{tool} is missing: on Debian, apt install nginx-light wrk util-linux")
            return 2
    with tempfile.TemporaryDirectory(prefix="bench-front-") as folder:
        return measure(Path(folder), options)


def measure(folder: Path, options: argparse.Namespace) -> int:
    """Make a site with one long article, serve it in every way by turns, print the ratios."""
    path = site.make_site(folder)
    page = site.render(folder, path)
    chosen = [
        server
        for server in servers.servers(folder, path, page)
        if server.name in (servers.NGINX, servers.OURS) or options.only in server.name
    ]
    load = Load(seconds=options.seconds, connections=options.connections)
    found: dict[str, list[Figure]] = {server.name: [] for server in chosen}
    for _ in range(options.rounds):
        for server in chosen:
            found[server.name].append(serve_and_load(server, folder, load))
    show(chosen, {name: middle(figures) for name, figures in found.items()}, len(page.body))
    return 0


def middle(figures: list[Figure]) -> Figure:
    """The median of each kind of client."""
    rows = [asdict(figure) for figure in figures]
    return Figure(**{kind: median(row[kind] for row in rows) for kind in rows[0]})


def show(chosen: list[Server], figures: dict[str, Figure], size: int) -> None:
    """Print requests a second, and the ratios to nginx and to each other server."""
    limit, ours = figures[servers.NGINX], figures[servers.OURS]
    print(f"\nOne article, {size:,} bytes of HTML; requests a second on one core\n")
    print(f"{'':34}{'plain':>10}{'gzip':>10}{'304':>10}{'gzip / nginx':>15}{'304 / nginx':>14}{'ours / it':>12}")
    for server in chosen:
        figure = figures[server.name]
        numbers = f"{figure.plain:>10,.0f}{figure.gzip:>10,.0f}{figure.not_modified:>10,.0f}"
        ratios = f"{figure.gzip / limit.gzip:>15.3f}{figure.not_modified / limit.not_modified:>14.3f}"
        ahead = f"{ours.gzip / figure.gzip:>12,.2f}" if figure.gzip else f"{'-':>12}"
        print(f"{server.name:34}{numbers}{ratios}{ahead}")


if __name__ == "__main__":
    sys.exit(main())
