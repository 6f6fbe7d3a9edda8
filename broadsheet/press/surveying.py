"""Surveying: learning every address of the paper, so that any other can be answered without asking the database.

An edition that is new (or has seen a section move with all below it) is surveyed once, by a thread of the web process;
from then on the purge log brings what is new. Until a survey is complete, unknown addresses are looked up.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import threading
import time
from collections.abc import Iterator
from itertools import chain, islice

from django.db import DatabaseError, close_old_connections
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from broadsheet.newsroom.lists import Cursor
from broadsheet.newsroom.models import HomePage, Listing, ListKind, Person, Topic
from broadsheet.press import follow
from broadsheet.press.addresses import listed_stems
from broadsheet.press.away import AWAY
from broadsheet.press.edition import Edition
from broadsheet.press.errors import RenderFailed
from broadsheet.press.history.rolled_back import MISSING
from broadsheet.press.mains import the_mains
from broadsheet.press.pages.archive import write_cursor
from broadsheet.press.printer import Printer
from broadsheet.press.redirects import address_in_tree, redirect_stems

logger = logging.getLogger("broadsheet.press")

CHUNK = 5000
CLAIM, CLAIM_SECONDS = "(survey)", 60.0
"""Renewed with every chunk: when the process that surveys dies, another one begins a minute later."""
LOOK_SECONDS = 5.0


def keep_surveyed(edition: Edition) -> threading.Thread:
    """Have a thread survey the edition whenever it needs it."""
    thread = threading.Thread(target=_keep, args=(edition,), name="surveyor", daemon=True)
    thread.start()
    return thread


def survey(edition: Edition) -> int:
    """Learn every address; returns how many were looked at.

    Raises:
        django.db.DatabaseError: the main database cannot be read; what was learned stays.
    """
    if edition.state("cursor") is None:
        follow.follow()  # whatever is published from here on comes by the log
    stems, looked_at = everything(), 0
    edition.surveyed(False)
    while chunk := list(islice(stems, CHUNK)):
        edition.claim(CLAIM, _owner(), CLAIM_SECONDS)
        edition.learn(chunk)
        looked_at += len(chunk)
    edition.surveyed(True)
    edition.release(CLAIM, _owner())
    return looked_at


def _owner() -> str:
    return f"{os.getpid()}-survey"


def everything() -> Iterator[str]:
    """The stems of all addresses that lead to a page now."""
    home = HomePage.objects.order_by("path").first()
    if home is None:
        return
    pages = Page.objects.filter(live=True, path__startswith=home.path).order_by()
    paths = pages.values_list("url_path", flat=True).iterator(CHUNK)
    yield from (address_in_tree(path, home.url_path) for path in paths)
    for model in (Person, Topic):
        yield from (thing.get_absolute_url() for thing in model.objects.only("slug").iterator(CHUNK))
    listed = Listing.objects.filter(kind=ListKind.SITE, ref=0).order_by().values_list("listed_at", "article_id")
    for at, article in listed.iterator(CHUNK):
        yield from listed_stems(at, write_cursor(Cursor(at=at, article=article)))
    yield from chain.from_iterable(map(redirect_stems, Redirect.objects.values_list("old_path", flat=True).iterator()))


def _print_standing_pages(edition: Edition) -> None:
    """Have the pages at hand that say what cannot be shown: they may be wanted when nothing can be printed."""
    printer = Printer(edition)
    for path in (MISSING, AWAY):
        kept, terms = edition.get(path), printer.terms(path)
        if terms and (kept is None or not kept.fresh_at(time.time())):
            printer.print(path, terms, kept)


def _keep(edition: Edition) -> None:
    while True:
        time.sleep(LOOK_SECONDS)
        if not the_mains().may_be_asked():
            continue
        try:
            edition.try_again()
            if not edition.is_surveyed() and edition.claim(CLAIM, _owner(), CLAIM_SECONDS):
                found = survey(edition)
                logger.info("The paper has %s addresses and places in its lists.", found)
            _print_standing_pages(edition)
        except (DatabaseError, sqlite3.Error, RenderFailed) as error:
            logger.debug("The survey of addresses was interrupted; it begins again soon: %s", error)
        finally:
            close_old_connections()
