"""``bin/demo``: a newsroom with articles, a wire that goes on reporting, and a login. Everything in one folder."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from broadsheet.ops.errors import OpsError
from broadsheet.ops.processes import Program

WIRE_EVERY_SECONDS = 60


def main() -> int:
    """Fill the demo if it is new, start it, and print where it is."""
    options = _options()
    site = options.data.resolve()
    _configure(site, options.port, options.wire_port)
    import django

    django.setup()
    from broadsheet.ops.demo import fill, login
    from broadsheet.ops.prepare import prepare
    from broadsheet.ops.run import ensure_free, run

    ensure_free(options.host, options.port)
    ensure_free("127.0.0.1", options.wire_port)
    prepare("The Lantern", found=False)
    fill.fill(site, options.wire_port)
    from broadsheet.ops import config

    message = login.welcome(f"http://localhost:{options.port}", options.wire_port, site)
    run(config.load(site), options.host, options.port, [_wire(site, options.wire_port)], message)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="bin/demo", description="A demo newsroom on this machine.")
    parser.add_argument("--port", type=int, default=8000, help="where the paper is served")
    parser.add_argument("--wire-port", type=int, default=0, help="where the demo's wire service runs (port + 1)")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--data", type=Path, default=Path("demo-data"), help="folder of the demo's data")
    options = parser.parse_args()
    options.wire_port = options.wire_port or options.port + 1
    return options


def _configure(site: Path, port: int, wire_port: int) -> None:
    from broadsheet.ops import sqlite
    from broadsheet.ops.config import FILE_NAME
    from broadsheet.ops.new import new_site

    if not (site / FILE_NAME).exists():
        new_site(site, "The Lantern", f"http://localhost:{port}")
    os.environ["BROADSHEET_SITE"] = str(site)
    os.environ["BROADSHEET_BASE_URL"] = f"http://localhost:{port}"
    # The fetch door refuses private addresses; the demo's own wire is the one exception.
    os.environ["BROADSHEET_FETCH_ALLOW"] = f"127.0.0.1:{wire_port}"
    os.environ["BROADSHEET_POLL_SHORTEST"] = "60"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.ops.settings")
    sqlite.install()


def _wire(site: Path, port: int) -> Program:
    return Program(
        name="wire service",
        command=[
            sys.executable, "-m", "broadsheet.ops.demo.wire_service", "--port", str(port),
            "--pictures", str(site / "art"), "--every", str(WIRE_EVERY_SECONDS),
        ],
    )  # fmt: skip


if __name__ == "__main__":
    try:
        sys.exit(main())
    except OpsError as error:
        sys.exit(f"bin/demo: {error}")
