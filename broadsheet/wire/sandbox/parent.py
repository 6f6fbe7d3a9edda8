"""The parent's side: one child for each kind of job, kept for the next one, replaced when it dies."""

from __future__ import annotations

import atexit
import contextlib
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from typing import Any, cast

from broadsheet.wire.sandbox import frames, limits


class SandboxFailed(Exception):
    """The job raised an error of its own; the child lives."""


class SandboxStopped(Exception):
    """The child was killed over this job: too much time or memory."""


class _Left(Exception):
    """The child had had nothing to do for a while and was leaving when this job came: nothing is wrong with the job."""


LEAVING_SECONDS = 5.0
"""How long a child that has stopped answering may take to be gone, before it is killed."""


class Sandbox:
    """Runs `run(arguments, body)` of a module in a confined child process.

    One job at a time; other threads wait their turn. A child is started when first needed and again after a fork.
    """

    def __init__(self, module: str) -> None:
        self._module = module
        self._child: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._jobs = 0
        self._turn = threading.Lock()
        atexit.register(self.close)

    def run(self, arguments: dict[str, Any], body: bytes) -> Any:
        """Do one job.

        Args: arguments, anything JSON can say; body, the bytes to read.
        Returns: what the module's `run` returned, as JSON has it.
        Raises: SandboxFailed with the job's error; SandboxStopped when the child had to be stopped.
        """
        with self._turn:
            try:
                head, answer = self._answer(arguments, body)
            except _Left:
                head, answer = self._answer(arguments, body)
        if not head.get("ok"):
            raise SandboxFailed(answer.decode("utf-8", "replace"))
        return json.loads(answer)

    def close(self) -> None:
        """End the child, if this process owns one."""
        with self._turn:
            self._end()

    def _answer(self, arguments: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
        child = self._ready()
        try:
            with _at_most(limits.WALL_SECONDS, child):
                return self._ask(child, arguments, body)
        except (EOFError, OSError, ValueError) as error:
            with contextlib.suppress(subprocess.TimeoutExpired):
                child.wait(timeout=LEAVING_SECONDS)
            was_kept = self._jobs > 1
            self._end()
            if was_kept and child.returncode == 0:
                raise _Left from error
            raise SandboxStopped(f"too much time or memory; exit status {child.returncode}") from error

    def _ask(
        self, child: subprocess.Popen[bytes], arguments: dict[str, Any], body: bytes
    ) -> tuple[dict[str, Any], bytes]:
        self._jobs += 1
        frames.write(cast(Any, child.stdin), {"arguments": arguments}, body)
        return frames.read(cast(Any, child.stdout))

    def _ready(self) -> subprocess.Popen[bytes]:
        worn = self._jobs >= limits.JOBS
        if self._child is None or self._owner != os.getpid() or self._child.poll() is not None or worn:
            self._end()
            self._child = subprocess.Popen(  # noqa: S603  (our own interpreter and module)
                [sys.executable, "-m", "broadsheet.wire.sandbox.child", self._module],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={"PATH": os.defpath, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "LANG": "C.UTF-8"},
            )
            self._owner, self._jobs = os.getpid(), 0
            self._await(self._child)
        return self._child

    def _await(self, child: subprocess.Popen[bytes]) -> None:
        """Wait until the child has loaded its libraries; that is our installation's matter, not the job's."""
        try:
            with _at_most(limits.START_SECONDS, child):
                frames.read(cast(Any, child.stdout))
        except (EOFError, OSError, ValueError) as error:
            self._end()
            command = f"{sys.executable} -m broadsheet.wire.sandbox.child {self._module}"
            raise SandboxFailed(f"the reading process does not start; `{command}` says why") from error

    def _end(self) -> None:
        child, self._child = self._child, None
        if child is None or self._owner != os.getpid():
            return  # after a fork the child is our parent's
        child.kill()
        with contextlib.suppress(OSError):
            child.communicate(timeout=5)


@contextlib.contextmanager
def _at_most(seconds: float, child: subprocess.Popen[bytes]) -> Iterator[None]:
    """Kill the child if what is inside takes longer."""
    clock = threading.Timer(seconds, child.kill)
    clock.start()
    try:
        yield
    finally:
        clock.cancel()
