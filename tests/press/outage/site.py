"""A site with web processes of its own, as ``broadsheet run`` starts them."""

from __future__ import annotations

import http.client
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from broadsheet.ops.processes import allow_descriptors
from broadsheet.ops.run import web_command
from tests.press.outage.asking import Got, ask
from tests.press.outage.line import Line
from tests.press.peers import free_port

ROOT = Path(__file__).parents[3]
GUARDED = "broadsheet.ops.wsgi:application"
UNGUARDED, UNMENDED = "tests.press.outage.unguarded:application", "tests.press.outage.unmended:application"
LEAKING = "tests.press.outage.leaking:application"


@dataclass
class Site:
    """A site with web processes of its own."""

    folder: Path
    database_url: str = ""
    direct_url: str = ""
    line: Line | None = None
    application: str = GUARDED
    threads: int = 4
    workers: int = 1
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None
    edition_path: Path | None = None
    more: dict[str, str] = field(default_factory=dict)

    @property
    def environment(self) -> dict[str, str]:
        clean = {name: value for name, value in os.environ.items() if not name.startswith(("BROADSHEET_", "DJANGO_"))}
        return {
            **clean,
            "BROADSHEET_SITE": str(self.folder),
            "BROADSHEET_DATABASE_URL": self.database_url,
            "BROADSHEET_EDITION": str(self.edition),
            "BROADSHEET_THREADS": str(self.threads),
            "BROADSHEET_BASE_URL": "http://localhost:8000",
            "DJANGO_SETTINGS_MODULE": "broadsheet.ops.settings",
            "PYTHONFAULTHANDLER": "1",
            "PYTHONPATH": str(ROOT),
            **self.more,
        }

    @property
    def edition(self) -> Path:
        return self.edition_path or self.folder / "edition.sqlite3"

    @property
    def log(self) -> Path:
        return self.folder / "web.log"

    def start(self) -> Site:
        """Start the web process as ``broadsheet run`` does, and wait for it."""
        command = web_command(
            host="127.0.0.1",
            port=self.port,
            workers=self.workers,
            threads=self.threads,
            application=self.application,
        )
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                command,
                cwd=self.folder,
                env=self.environment,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=allow_descriptors,
            )
        deadline = time.monotonic() + 60
        while True:
            with suppress(OSError, http.client.HTTPException):
                self.get("/health.json")
                return self
            assert time.monotonic() < deadline, self.log.read_text()
            time.sleep(0.05)

    def stop(self) -> None:
        """End it kindly."""
        if self.process is not None:
            self.process.terminate()
            with suppress(subprocess.TimeoutExpired):
                self.process.wait(10)
        self.kill()

    def kill(self) -> None:
        """End the whole process group at once, as a power cut would."""
        if self.process is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None

    @contextmanager
    def worker(self) -> Iterator[subprocess.Popen[bytes]]:
        """A worker beside it."""
        command = [sys.executable, "-m", "broadsheet.ops.cli", "worker"]
        with self.log.open("ab") as log:
            process = subprocess.Popen(command, cwd=self.folder, env=self.environment, stdout=log, stderr=log)
        try:
            yield process
        finally:
            process.kill()
            process.wait()

    def footprint(self) -> tuple[int, int]:
        """How many threads and open descriptors its web processes have."""
        parent = self.process.pid if self.process else 0
        children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
        counted = [[len(list(Path(f"/proc/{pid}/{what}").iterdir())) for pid in children] for what in ("task", "fd")]
        return sum(counted[0]), sum(counted[1])

    def get(self, path: str, timeout: float = 30, **headers: str) -> Got:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)) as line:
            return ask(line, path, headers=headers)

    def post(
        self, path: str, values: dict[str, str], timeout: float = 30, sender: str = "127.0.0.1", **headers: str
    ) -> Got:
        body, headers = urlencode(values), {"Content-Type": "application/x-www-form-urlencoded", **headers}
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout, source_address=(sender, 0))
        with closing(line):
            return ask(line, path, "POST", body, headers)

    def python(self, script: str, timeout: float = 600, **environment: str) -> str:
        """Run a script in the site, in a process of its own that reaches the database whatever the line does."""
        done = subprocess.run(
            [sys.executable, "-c", "import django; django.setup()\n" + textwrap.dedent(script)],
            cwd=self.folder,
            env=self.environment | {"BROADSHEET_DATABASE_URL": self.direct_url} | environment,
            capture_output=True,
            text=True,
            timeout=timeout,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout.strip()

    def rows(self, sql: str) -> list[tuple[Any, ...]]:
        """What its database says, whatever the line does; for asking again and again a process would be too slow."""
        if self.direct_url:
            import psycopg

            with psycopg.connect(self.direct_url) as db:
                return db.execute(sql).fetchall()
        with closing(sqlite3.connect(self.folder / "broadsheet.sqlite3", timeout=30)) as db:
            return db.execute(sql).fetchall()

    def broadsheet(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command."""
        return subprocess.run(
            [sys.executable, "-m", "broadsheet.ops.cli", *arguments],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=120,
        )

    def wait_until(self, what: str, seconds: float, is_so: Callable[[], object]) -> float:
        """Wait until something is so. Returns how long it took."""
        began = time.monotonic()
        while not is_so():
            assert time.monotonic() - began < seconds, f"{what} took longer than {seconds} s:\n{self.log.read_text()}"
            time.sleep(0.05)
        return time.monotonic() - began
