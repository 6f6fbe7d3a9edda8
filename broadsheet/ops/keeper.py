"""The process that keeps a site's programs running: small, for it is there as long as the site is.

``run`` becomes it once the site is prepared. It never loads Django, which would cost another hundred megabytes.
"""

from __future__ import annotations

import json
import os
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import NoReturn

from broadsheet.ops.processes import Processes, Program


@dataclass(frozen=True, kw_only=True)
class Plan:
    """What to keep running."""

    programs: Sequence[Program]
    """The programs, the web first."""
    site: str
    """The site's folder."""
    url: str
    """An address that answers once readers can be served."""
    message: str
    """Printed then."""


def become(plan: Plan) -> NoReturn:
    """Put the keeper in this process's place; never returns."""
    os.execv(sys.executable, [sys.executable, "-m", "broadsheet.ops.keeper", json.dumps(asdict(plan))])  # noqa: S606


def keep(plan: Plan) -> int:
    """Start the programs and keep them running until interrupted. Returns the exit code."""
    processes = Processes(plan.programs, {"BROADSHEET_SITE": plan.site})
    processes.start()
    if wait_for(plan.url):
        print(plan.message, flush=True)
    return processes.keep()


def wait_for(url: str, seconds: float = 30) -> bool:
    """Wait until an address of ours answers. Returns whether it did."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 (our own address)
                return True
        except urllib.error.HTTPError:
            return True
        except OSError:
            time.sleep(0.1)
    return False


def read(text: str) -> Plan:
    """A plan as ``become`` wrote it."""
    values = json.loads(text)
    return Plan(**{**values, "programs": [Program(**program) for program in values["programs"]]})


if __name__ == "__main__":
    sys.exit(keep(read(sys.argv[1])))
