"""What a web process has loaded is left out of the garbage collector's rounds."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOADED = """
import gc
import broadsheet.ops.wsgi
print(gc.get_freeze_count(), len(gc.get_objects()))
"""
"""Loads the application as Granian does; says how many objects are left out and how many a full round looks at."""

pytestmark = pytest.mark.skipif(
    os.environ.get("BROADSHEET_TEST_DATABASE") == "postgres", reason="starts a site of its own, on SQLite"
)


def test_a_full_round_looks_at_next_to_nothing_of_what_a_web_process_has_loaded(tmp_path):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("BROADSHEET_", "DJANGO_"))}
    site = {"BROADSHEET_SITE": str(tmp_path), "PYTHONPATH": str(ROOT)}
    (tmp_path / "broadsheet.toml").write_text('name = "The Mirror"\n')
    done = subprocess.run(
        [sys.executable, "-c", LOADED], cwd=tmp_path, env=clean | site, capture_output=True, text=True, timeout=120
    )
    assert done.returncode == 0, done.stderr
    frozen, looked_at = map(int, done.stdout.split())
    assert frozen > 100_000 and looked_at < frozen / 20, (frozen, looked_at)
