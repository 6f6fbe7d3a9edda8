"""What all costs in a small and in a large archive, asked by turns in one run, so that both see the same machine."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import IO, Any, cast

GOAL = 1.3
"""V4: nothing costs more than this many times as much in the larger archive."""


@dataclass(frozen=True, kw_only=True)
class Cost:
    """What a case cost in one site."""

    times: list[float] = field(default_factory=list)
    """Milliseconds, one a round."""
    work: list[float] = field(default_factory=list)
    """Milliseconds of the processor, one a round; SQLite works in the same process."""
    queries: list[int] = field(default_factory=list)
    """Queries, one a round."""


class Site:
    """A process that has one site open."""

    def __init__(self, folder: Path, database: str) -> None:
        command = [sys.executable, "-m", "bench.archive", "probe", "--site", str(folder), "--database", database]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        self._input, self._output = cast(IO[str], self._process.stdin), cast(IO[str], self._process.stdout)
        hello = self._answer()
        self.articles: int = hello["articles"]
        self.names: list[str] = hello["names"]
        self.versions: str = hello["versions"]

    def ask(self, name: str) -> dict[str, Any]:
        """Have it do a case once."""
        self._input.write(name + "\n")
        self._input.flush()
        return self._answer()

    def close(self) -> None:
        """End it."""
        self._input.close()
        self._process.wait(30)

    def _answer(self) -> dict[str, Any]:
        line = self._output.readline()
        if not line:
            raise SystemExit("A site's process has ended; see its message above.")
        found: dict[str, Any] = json.loads(line)
        return found


def measure(sites: list[Site], rounds: int, only: str) -> int:
    """Ask every case of every site by turns, and print what it cost. Returns how many miss the goal."""
    names = [name for name in sites[0].names if only in name]
    costs = {name: [Cost() for _ in sites] for name in names}
    for number in range(rounds + 1):
        for name in names:
            for site, cost in zip(sites, costs[name], strict=True):
                answer = site.ask(name)
                if number:  # the first warms up
                    cost.times.append(answer["ms"])
                    cost.work.append(answer["cpu"])
                    cost.queries.append(answer["queries"])
    return _show(sites, costs, rounds)


def _show(sites: list[Site], costs: dict[str, list[Cost]], rounds: int) -> int:
    sizes = " | ".join(f"{site.articles:,}" for site in sites)
    print(f"Median of {rounds} rounds by turns: milliseconds (of the processor; queries). {sites[0].versions}\n")
    print(f"| | {sizes} | ratio | of the processor |\n|---|{'---|' * (len(sites) + 2)}")
    missed = 0
    for name, found in costs.items():
        shown = [f"{median(c.times):.1f} ({median(c.work):.1f}; {median(c.queries):.0f})" for c in found]
        ratio, work = (median(most) / median(least) for least, most in _ends(found))
        missed += min(ratio, work) > GOAL
        print(f"| {name} | {' | '.join(shown)} | {ratio:.2f} | {work:.2f}{' !' if min(ratio, work) > GOAL else ''} |")
    print(f"\n{len(costs) - missed} of {len(costs)} cost at most {GOAL} times as much in the largest.")
    return missed


def _ends(found: list[Cost]) -> tuple[tuple[list[float], list[float]], ...]:
    """The figures of the smallest and of the largest site: by the clock, and of the processor."""
    least, most = found[0], found[-1]
    return (least.times, most.times), (least.work, most.work)
