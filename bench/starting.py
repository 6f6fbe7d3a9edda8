"""A cold start, and memory at rest, of a site with some articles as `broadsheet run` starts it.

    python bench/starting.py [--rounds 5] [--rest 20]

Times the command until the home page is answered (with an edition, and without one), and reads what its processes hold
in memory once they have rested. Memory is proportional set size (PSS): what several processes share is counted once.
Linux only.
"""

from __future__ import annotations

import argparse
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parents[1]))

from bench.front.loading import free_port
from bench.front.site import environment, make_site


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--rest", type=float, default=20, help="seconds before memory is read")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-starting-") as name:
        folder = Path(name)
        make_site(folder)
        start(folder)
        kept = [start(folder) for _ in range(options.rounds)]
        without = [start(folder, edition=False) for _ in range(options.rounds)]
        print(f"first page after a start: {median(kept):.2f} s (of {options.rounds}: {shown(kept)})")
        print(f"the same without an edition: {median(without):.2f} s ({shown(without)})")
        print(at_rest(folder, options.rest))
    return 0


def start(folder: Path, *, edition: bool = True) -> float:
    """Seconds from the command to the home page; the site is ended again."""
    if not edition:
        for left in folder.glob("edition.sqlite3*"):
            left.unlink()
    port = free_port()
    began = time.monotonic()
    process = run(folder, port)
    try:
        wait_for(port)
        return time.monotonic() - began
    finally:
        end(process)


def at_rest(folder: Path, seconds: float) -> str:
    """Memory of each process after a rest, with some pages asked for."""
    port = free_port()
    process = run(folder, port)
    try:
        wait_for(port)
        for path in ("/", "/news/", "/archive/", "/feed/rss.xml", "/search/?q=harbour", "/desk/login/"):
            urllib.request.urlopen(f"http://127.0.0.1:{port}{path}").read()
        time.sleep(seconds)
        found = {pid: memory(pid) for pid in family(process.pid)}
        lines = [f"{pss / 1024:>7.0f} MB  {name}" for name, pss in found.values()]
        return "\n".join([*lines, f"{sum(pss for _, pss in found.values()) / 1024:>7.0f} MB  together (PSS)"])
    finally:
        end(process)


def run(folder: Path, port: int) -> subprocess.Popen[bytes]:
    """`broadsheet run` on a port."""
    command = [sys.executable, "-m", "broadsheet.ops.cli", "run", "--port", str(port)]
    return subprocess.Popen(command, cwd=folder, env=environment(folder), stdout=subprocess.DEVNULL)


def wait_for(port: int) -> None:
    """Until the home page is answered."""
    deadline = time.monotonic() + 60
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}/").read()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.02)


def end(process: subprocess.Popen[bytes]) -> None:
    """As Ctrl-C does."""
    process.send_signal(signal.SIGINT)
    process.wait(20)


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [pid, *(found for child in children for found in family(int(child)))]


def memory(pid: int) -> tuple[str, int]:
    """What a process is, and its PSS in KB."""
    words = Path(f"/proc/{pid}/cmdline").read_bytes().decode().split("\0")
    rows = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    return " ".join(words[1:4])[:60], next(int(row.split()[1]) for row in rows if row.startswith("Pss:"))


def shown(times: list[float]) -> str:
    """The single times."""
    return ", ".join(f"{value:.2f}" for value in sorted(times))


if __name__ == "__main__":
    sys.exit(main())
