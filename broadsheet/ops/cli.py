"""The ``broadsheet`` command.

``new`` makes a site; everything else works on the site whose folder it is run in (or that BROADSHEET_SITE names):
``run`` starts it, ``check`` looks at its configuration, and every management command is a subcommand too.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from urllib.parse import urlsplit

from broadsheet import __version__
from broadsheet.ops import config as site_config
from broadsheet.ops import databases, prepared, sqlite
from broadsheet.ops.errors import OpsError

USAGE = """broadsheet {version}

  broadsheet new FOLDER [--name NAME] [--url URL]   make a new site
  broadsheet run [--host H] [--port P]              start the site in this folder: web and worker
  broadsheet check                                  is the configuration sound?
  broadsheet createsuperuser                        make the first editor-in-chief
  broadsheet wire add|poll|list|...                 news sources (broadsheet wire --help)
  broadsheet press status|keys|...                  the rendered edition (broadsheet press --help)
  broadsheet letters list|send|import|...           newsletters (broadsheet letters --help)
  broadsheet reading top|export                     what is being read (broadsheet reading --help)
  broadsheet worker                                 only the worker, for further machines
  broadsheet help [COMMAND]                         every command
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit code."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    try:
        return _dispatch(given)
    except OpsError as error:
        print(f"broadsheet: {error}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of our output, such as head, has had enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _dispatch(given: list[str]) -> int:
    if not given or given[0] in {"-h", "--help"}:
        print(USAGE.format(version=__version__))
        return 0
    if given[0] in {"--version", "version"}:
        print(__version__)
        return 0
    if given[0] == "new":
        return _new(given[1:])
    config = _enter_site()
    if given[0] == "run":
        return _run(config, given[1:])
    return _manage(config, given)


def _new(given: list[str]) -> int:
    from broadsheet.ops.new import new_site

    parser = argparse.ArgumentParser(prog="broadsheet new", description="Make a new site.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--name", default="", help="the paper's name (default: the folder's)")
    parser.add_argument("--url", default="http://localhost:8000", help="the address readers will use")
    options = parser.parse_args(given)
    folder = new_site(options.folder, options.name or options.folder.name.replace("-", " ").title(), options.url)
    print(f"Made {folder}. Next:\n  cd {options.folder}\n  broadsheet createsuperuser\n  broadsheet run")
    return 0


def _enter_site() -> site_config.SiteConfig:
    folder = site_config.site_folder()
    if not (folder / site_config.FILE_NAME).exists():
        raise OpsError(
            f"{folder} is not a site: it has no {site_config.FILE_NAME}. "
            "Make one with `broadsheet new FOLDER`, then run the command in that folder."
        )
    os.environ["BROADSHEET_SITE"] = str(folder)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.ops.settings")
    sqlite.install()
    return site_config.load(folder)


def _run(config: site_config.SiteConfig, given: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="broadsheet run", description="Start the site in this folder.")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    options = parser.parse_args(given)
    config = _at_port(config, options.port)
    from broadsheet.ops.run import ensure_free, run

    ensure_free(options.host, options.port)  # before the site is prepared, which takes a while
    if not prepared.is_prepared(config):
        _prepare_now(config)
    run(config, options.host, options.port)


def _prepare_now(config: site_config.SiteConfig) -> None:
    _set_up()
    from broadsheet.ops.prepare import prepare_or_wait

    if prepare_or_wait(config.name):
        prepared.remember(config)


def _at_port(config: site_config.SiteConfig, port: int) -> site_config.SiteConfig:
    """On one's own machine the address follows the port; a public address is the proxy's."""
    parts = urlsplit(config.base_url)
    if parts.hostname not in {"localhost", "127.0.0.1"} or parts.port == port:
        return config
    os.environ["BROADSHEET_BASE_URL"] = f"{parts.scheme}://{parts.hostname}:{port}"
    return site_config.load(config.site)


def _manage(config: site_config.SiteConfig, given: list[str]) -> int:
    from django.core.management import execute_from_command_line

    if given[0] in {"createsuperuser", "wire", "press", "letters"}:
        _set_up()
        from broadsheet.ops.prepare import prepare, prepare_or_wait

        (prepare_or_wait if given[0] == "press" else prepare)(config.name)
    if given[0] == "migrate":
        edition = Path(config.edition or config.site / "edition.sqlite3")
        databases.bring_into_being(databases.from_url(config.database_url, config.site), edition)
    if given[0] == "check" and "localhost" not in config.base_url and "--deploy" not in given:
        given = [*given, "--deploy"]
    if given[0] == "check" and "--database" not in given and _database_answers():
        given = [*given, "--database", "default"]  # what stands in it is looked at too
    execute_from_command_line(["broadsheet", *given])
    return 0


def _database_answers() -> bool:
    from django.db import DatabaseError, connection

    _set_up()
    try:
        connection.ensure_connection()
    except DatabaseError:
        return False
    return True


def _set_up() -> None:
    import django

    django.setup()


if __name__ == "__main__":
    sys.exit(main())
