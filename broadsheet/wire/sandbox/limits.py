"""What one job in the child may use."""

from __future__ import annotations

import contextlib
import resource
import sys
from pathlib import Path
from typing import Any

#: Seconds of processor for one job.
CPU_SECONDS = 5
#: Seconds of wall clock for one job, as the parent counts them.
WALL_SECONDS = 15.0
#: Seconds of wall clock in which a child must have loaded its libraries; minutes after an installation they are slow.
START_SECONDS = 60.0
#: Bytes of address space on top of what the child needs before its first job.
MEMORY = 256 * 1024 * 1024
#: Jobs after which a child is replaced, whatever it may have leaked.
JOBS = 1_000
#: Seconds without a job after which a child ends, to give its memory back.
IDLE_SECONDS = 120.0

_FORBIDDEN_EVENTS = {"socket.connect", "socket.getaddrinfo", "subprocess.Popen", "os.system", "os.exec", "os.fork"}


def confine() -> None:
    """Take from this process what no parser needs: memory without end, files to write, the network, children."""
    with contextlib.suppress(ValueError, OSError):  # a system that knows no such limit still has the clock
        bytes_now = _address_space()
        if bytes_now:
            resource.setrlimit(resource.RLIMIT_AS, (bytes_now + MEMORY, bytes_now + MEMORY))
        resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.addaudithook(_refuse)


def allow_processor() -> None:
    """Give the next job its seconds of processor; the kernel ends the process when they are used up."""
    used = resource.getrusage(resource.RUSAGE_SELF)
    seconds = int(used.ru_utime + used.ru_stime) + 1 + CPU_SECONDS
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, resource.getrlimit(resource.RLIMIT_CPU)[1]))


def _address_space() -> int:
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[0]) * resource.getpagesize() if statm.exists() else 0


def _refuse(event: str, _: tuple[Any, ...]) -> None:
    if event in _FORBIDDEN_EVENTS:
        raise PermissionError(f"{event} is not for a parser")
