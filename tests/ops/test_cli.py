"""The command line, run as a user runs it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
pytestmark = pytest.mark.skipif(
    os.environ.get("BROADSHEET_TEST_DATABASE") == "postgres", reason="starts sites of its own, on SQLite"
)


def broadsheet(*arguments, cwd, **environment):
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("BROADSHEET_", "DJANGO_"))}
    return subprocess.run(
        [sys.executable, "-m", "broadsheet.ops.cli", *arguments],
        cwd=cwd,
        env={**clean, "PYTHONPATH": str(ROOT), **environment},
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.fixture
def site(tmp_path):
    made = broadsheet("new", "mysite", "--name", "The Mirror", cwd=tmp_path)
    assert made.returncode == 0, made.stderr
    return tmp_path / "mysite"


@pytest.fixture(scope="module")
def stock(tmp_path_factory, migrated):
    """A site that has been prepared and never run."""
    folder = tmp_path_factory.mktemp("stock")
    made = broadsheet("new", "mysite", "--name", "The Mirror", cwd=folder)
    assert made.returncode == 0, made.stderr
    shutil.copy(migrated, folder / "mysite")
    prepared = broadsheet("press", "status", cwd=folder / "mysite")
    assert prepared.returncode == 0, prepared.stderr
    return folder / "mysite"


@pytest.fixture
def prepared_site(stock, tmp_path):
    """A copy of it."""
    return shutil.copytree(stock, tmp_path / "mysite", symlinks=True)


def free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


def test_outside_a_site_it_says_how_to_make_one(tmp_path):
    done = broadsheet("run", cwd=tmp_path)
    assert done.returncode == 2
    assert "broadsheet new" in done.stderr


def test_check_names_a_wrong_setting_with_the_mend(site):
    (site / "broadsheet.toml").write_text('base_url = "news.example.org"\n')
    done = broadsheet("check", cwd=site)
    assert done.returncode != 0
    assert "base_url" in done.stderr
    assert "HINT" in done.stderr


def test_check_of_a_public_site_passes(site):
    mail = 'email_url = "smtps://mail.example.org"'
    (site / "broadsheet.toml").write_text(f'base_url = "https://news.example.org"\n{mail}\n')
    done = broadsheet("check", cwd=site)
    assert done.returncode == 0, done.stderr
    assert "no issues" in done.stdout, done.stdout + done.stderr


@contextmanager
def running(site, port):
    """The site, started as a user starts it and ended with Ctrl-C."""
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("BROADSHEET_", "DJANGO_"))}
    process = subprocess.Popen(
        [sys.executable, "-m", "broadsheet.ops.cli", "run", "--port", str(port)],
        cwd=site,
        env={**clean, "PYTHONPATH": str(ROOT)},
        start_new_session=True,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}/")
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0


def test_a_new_site_runs_and_ends_without_a_trace(site):
    port = free_port()
    with running(site, port):
        page = wait_for(f"http://127.0.0.1:{port}/")
        assert "The Mirror" in page
        assert "Opinion" in page
        assert f'<link rel="canonical" href="http://localhost:{port}/">' in page
        done = broadsheet("press", "status", cwd=site)
        assert "leaves" in done.stdout
    with pytest.raises(OSError, match="refused"):
        urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=2)


def wait_for(url):
    deadline = time.monotonic() + 90
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(url, timeout=5) as answer:
                return answer.read().decode()
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"{url} never answered")


def test_a_new_sites_tables_can_be_made_by_djangos_own_command(site):
    done = broadsheet("migrate", cwd=site)
    assert done.returncode == 0, done.stderr
    assert "OK" in done.stdout


def test_check_names_a_page_that_nobody_can_read(prepared_site):
    with closing(sqlite3.connect(prepared_site / "broadsheet.sqlite3")) as database, database:
        database.execute("UPDATE wagtailcore_page SET slug = 'topics' WHERE slug = 'about'")
    done = broadsheet("check", cwd=prepared_site)
    assert done.returncode == 0, done.stderr
    assert "begin with /topics/" in done.stderr


def test_a_port_in_use_is_refused(site):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = broadsheet("run", "--port", str(taken.getsockname()[1]), cwd=site)
    assert done.returncode == 2
    assert "choose another with --port" in done.stderr
    assert "no port" in broadsheet("run", "--port", "80000", cwd=site).stderr
    assert not (site / "broadsheet.sqlite3").exists(), "refused before the site is prepared"


def test_output_that_is_cut_short_is_no_error(site):
    shell = f"{sys.executable} -m broadsheet.ops.cli help --commands | head -1"
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("BROADSHEET_", "DJANGO_"))}
    done = subprocess.run(
        shell, shell=True, cwd=site, env={**clean, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, timeout=60
    )
    assert "Traceback" not in done.stderr


def test_a_second_start_prepares_nothing_and_what_has_changed_is_prepared(prepared_site):
    """By what is written down: loading Django to find that nothing is to be done costs more than a second."""
    from broadsheet.ops import config as site_config
    from broadsheet.ops import prepared

    site = prepared_site
    config = site_config.load(site)
    assert not prepared.is_prepared(config)
    port = free_port()
    with running(site, port):
        pass
    config = site_config.load(site)
    os.environ["BROADSHEET_BASE_URL"] = f"http://localhost:{port}"
    try:
        assert prepared.is_prepared(site_config.load(site))
    finally:
        del os.environ["BROADSHEET_BASE_URL"]
    assert not prepared.is_prepared(config)  # its address was another
    (site / "broadsheet.sqlite3").rename(site / "old.sqlite3")
    assert not prepared.is_prepared(site_config.load(site))


def test_what_keeps_the_site_running_is_small(prepared_site):
    port = free_port()
    with running(prepared_site, port) as process:
        modules = Path(f"/proc/{process.pid}/maps").read_text()
        assert "broadsheet.ops.keeper" in Path(f"/proc/{process.pid}/cmdline").read_text()
        assert "psycopg" not in modules
        resident = int(Path(f"/proc/{process.pid}/statm").read_text().split()[1]) * 4096
        assert resident < 40_000_000
