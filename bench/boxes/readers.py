"""All readers, in a process of their own: ``python -m bench.boxes.readers PLAN FETCHED``, two files of JSON.

What each reader fetched is written to the second once the time is over.
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from bench.boxes.reader import Browser
from broadsheet.ops.processes import allow_descriptors

NEAR_SECONDS = 10.0
"""A box comes near the window within so long after its page was opened."""


async def read(plan: dict[str, Any]) -> list[Browser]:
    """Have all of them read until the time is over. See ``__main__.plan`` for what the plan says."""
    chance = random.Random(plan["seed"])
    browsers, tasks = [], []
    for number in range(plan["readers"]):
        browser = Browser(port=plan["port"], retries=plan["retries"], chance=random.Random(chance.random()))
        browsers.append(browser)
        opened = plan["begin"] + chance.random() * plan["arriving"]
        for box, life in plan["pages"][number % len(plan["pages"])]:
            at = opened + chance.random() * NEAR_SECONDS
            tasks.append(asyncio.create_task(later(browser, box, life, at, plan["until"])))
    await asyncio.sleep(plan["until"] - time.monotonic())
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    return browsers


async def later(browser: Browser, box: str, life: float, at: float, until: float) -> None:
    """Begin with a box at a time."""
    await asyncio.sleep(at - time.monotonic())
    await browser.keep_fresh(box, life, until)


def main() -> None:
    """Read the plan, and write down what came of it."""
    allow_descriptors()
    browsers = asyncio.run(read(json.loads(Path(sys.argv[1]).read_text())))
    found = [[asdict(each) for each in browser.fetched] for browser in browsers]
    result = {"fetched": found, "failures": sum(browser.failures for browser in browsers)}
    Path(sys.argv[2]).write_text(json.dumps(result))


if __name__ == "__main__":
    main()
