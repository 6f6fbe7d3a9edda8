"""Making a site ready to run: tables, the theme's files, the paper itself. Safe to repeat."""

from __future__ import annotations

import sys
from pathlib import Path

import django
import wagtail
from django.conf import settings
from django.core.management import call_command
from django.db import OperationalError, connection
from django.db.migrations.executor import MigrationExecutor

import broadsheet
from broadsheet.desk.actions.roles import extend_roles, make_roles, permissions
from broadsheet.ops import databases
from broadsheet.ops.errors import DatabaseGone
from broadsheet.press.imprint import check_edition

STARTER_SECTIONS = (("News", "news", "news"), ("Opinion", "opinion", "opinion"))
STARTER_PAGES = (
    ("About", "about", "", "Tell readers who you are, who owns the paper and how to reach you."),
    ("Contact", "contact", "contact", "Write to the newsroom: a tip, a question, a correction."),
    ("Takedown requests", "takedown", "takedown", "Ask us to remove something that should not be here."),
    ("Privacy", "privacy", "", "The pages set no cookies and load nothing from other sites."),
)
STARTER_LETTERS = (
    ("The morning letter", "morning", "daily", "The day's most important reports, every morning at seven."),
    ("The week", "week", "weekly", "The best of the week, every Friday at seven."),
    ("Breaking news", "breaking", "breaking", "When it cannot wait, and only then."),
    ("What you follow", "following", "following", "One letter a day with what is new in all that you follow."),
)


def prepare(name: str, *, found: bool = True) -> None:
    """Bring a site's database, static files and, if ``found``, its first pages into being, or up to date.

    Raises:
        DatabaseGone: the database's file is missing, though the site is not new.
        django.db.OperationalError: the database does not answer.
    """
    databases.bring_into_being(settings.DATABASES["default"], Path(settings.EDITION_PATH))
    if has_pending_migrations():
        before = permissions()
        call_command("migrate", interactive=False, verbosity=0)
        extend_roles(before)
        fill_search()
    prepare_search()
    collect_static()
    make_roles()
    check_edition()
    if found:
        found_paper(name)


def prepare_or_wait(name: str) -> bool:
    """Prepare a site that has an edition even if its database does not answer: readers can be served all the same.

    Returns:
        Whether it is prepared; if not, the worker does it once the database is back.
    Raises:
        DatabaseGone: the database does not answer, and there is no edition either.
    """
    try:
        prepare(name)
    except (OperationalError, DatabaseGone) as error:
        if not Path(settings.EDITION_PATH).exists():
            raise DatabaseGone(f"The main database does not answer, so there is nothing to serve: {error}") from error
        print(f"The main database does not answer; pages are served as last printed. {error}", file=sys.stderr)
        return False
    return True


def prepare_search() -> None:
    """Make what a search engine lacks, and have the worker fill it. Without the engine, the database answers."""
    from wagtail.search.backends import get_search_backend

    from broadsheet.readers.search import tasks

    backend = get_search_backend()
    try:
        if backend.prepare():
            tasks.index_in_engine.using(priority=tasks.LOW).enqueue()
    except backend.unreachable as error:
        print(f"The search engine does not answer; meanwhile the database does. {error}", file=sys.stderr)


def fill_search() -> None:
    """Have the worker index what is published, where the search has been built anew and is empty."""
    from broadsheet.newsroom.models import Listing
    from broadsheet.readers.search import tasks
    from broadsheet.readers.search.models import SearchEntry

    if Listing.objects.exists() and not SearchEntry.objects.exists():
        tasks.index_missing.using(priority=tasks.LOW).enqueue()


def collect_static() -> None:
    """Gather the theme's and the desk's files, unless those there are of the same code."""
    stamp = Path(settings.STATIC_ROOT) / "stamp"
    code = _code()
    if stamp.exists() and stamp.read_text() == code:
        return
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(code)


def _code() -> str:
    """What the static files are made of: the libraries' versions, and the newest of our own files."""
    house = Path(broadsheet.__file__).parent
    newest = max(path.stat().st_mtime_ns for path in house.glob("*/static/**/*") if path.is_file())
    return f"{broadsheet.__version__} {wagtail.__version__} {django.__version__} {newest} {settings.INSTALLED_APPS}"


def has_pending_migrations() -> bool:
    """Whether the database lags behind the code."""
    executor = MigrationExecutor(connection)
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def found_paper(name: str) -> None:
    """A home page, two sections, the pages every paper owes its readers and two letters, unless there is a paper."""
    from broadsheet.newsroom.establish import establish
    from broadsheet.newsroom.models import HomePage, Section, TextPage
    from broadsheet.readers.newsletters.models import Newsletter

    if HomePage.objects.exists():
        return
    home = establish(name, settings.BASE_URL)
    for title, slug, palette in STARTER_SECTIONS:
        home.add_child(instance=Section(title=title, slug=slug, palette=palette))
    for title, slug, form, intro in STARTER_PAGES:
        home.add_child(instance=TextPage(title=title, slug=slug, form=form, intro=intro))
    for position, (title, slug, rhythm, promise) in enumerate(STARTER_LETTERS, 1):
        Newsletter.objects.create(name=title, slug=slug, rhythm=rhythm, promise=promise, position=position)
