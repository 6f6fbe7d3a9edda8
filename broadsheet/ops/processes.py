"""Running several processes as one: started together, restarted when one dies, ended together."""

from __future__ import annotations

import contextlib
import ctypes
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import FrameType

QUICK_DEATH_SECONDS = 5.0
STOP_SECONDS = 10.0
CONNECTIONS = 8_192
"""At most in a web process: one that waits for the next request takes 23 KB."""
OTHER_DESCRIPTORS = 256
"""For databases, the edition and files."""


@dataclass(frozen=True, kw_only=True)
class Program:
    """A process to keep running."""

    name: str
    """What it is called in messages."""
    command: Sequence[str]
    """Its arguments, the program first."""


class Processes:
    """Keeps programs running until interrupted."""

    def __init__(self, programs: Sequence[Program], environment: Mapping[str, str]) -> None:
        self._programs = programs
        self._environment = {**os.environ, **environment}
        self._running: dict[str, tuple[subprocess.Popen[bytes], float]] = {}
        self._stopping = False

    def start(self) -> None:
        """Start all of them."""
        signal.signal(signal.SIGTERM, self._stop)
        signal.signal(signal.SIGINT, self._stop)
        for program in self._programs:
            self._start(program)

    def keep(self) -> int:
        """Restart what dies, until told to stop. Returns the exit code: 1 if a program cannot stay up."""
        failures = dict.fromkeys((program.name for program in self._programs), 0)
        while not self._stopping:
            for program in self._programs:
                process, started = self._running[program.name]
                if process.poll() is None or self._stopping:
                    continue
                quick = time.monotonic() - started < QUICK_DEATH_SECONDS
                failures[program.name] = failures[program.name] + 1 if quick else 0
                if failures[program.name] >= 3:
                    print(f"{program.name} ends each time it is started; see the messages above.", file=sys.stderr)
                    self.end()
                    return 1
                _kill_group(process)
                print(f"{program.name} ended with code {process.returncode}; starting it again.", file=sys.stderr)
                self._start(program)
            time.sleep(0.2)
        self.end()
        return 0

    def end(self) -> None:
        """End all of them, kindly first."""
        for process, _ in self._running.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + STOP_SECONDS
        for process, _ in self._running.values():
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(max(0.1, deadline - time.monotonic()))
            _kill_group(process)
            process.wait()

    def _start(self, program: Program) -> None:
        # A session of their own: Ctrl-C reaches only us, and we end them in order.
        process = subprocess.Popen(  # noqa: S603 (the commands are ours)
            list(program.command), env=self._environment, start_new_session=True, preexec_fn=_prepare
        )
        self._running[program.name] = (process, time.monotonic())

    def _stop(self, signum: int, frame: FrameType | None) -> None:
        self._stopping = True


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """End what a program has started and left behind, such as a server's own workers."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def connections() -> int:
    """How many connections a web process may keep open: each is a descriptor of those that the system allows it."""
    _, allowed = resource.getrlimit(resource.RLIMIT_NOFILE)
    if allowed == resource.RLIM_INFINITY:
        return CONNECTIONS
    return max(OTHER_DESCRIPTORS, min(CONNECTIONS, allowed - OTHER_DESCRIPTORS))


def allow_descriptors() -> None:
    """Let this process, and what it starts, open what ``connections`` counts on; the usual limit is 1,024."""
    usual, allowed = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections() + OTHER_DESCRIPTORS
    if usual != resource.RLIM_INFINITY and usual < wanted:
        with contextlib.suppress(ValueError, OSError):  # a system may allow less than it says (macOS)
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, allowed))


def _prepare() -> None:
    allow_descriptors()
    _die_with_parent()


def _die_with_parent() -> None:
    """Have the kernel end this process when the one that keeps it dies (Linux: prctl, PR_SET_PDEATHSIG)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
