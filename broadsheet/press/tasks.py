"""Jobs of the press."""

from __future__ import annotations

import time
from functools import partial

from django.db import transaction
from django_tasks import task

from broadsheet.newsroom.models import Picture
from broadsheet.press import feeds
from broadsheet.press.edition import open_edition
from broadsheet.press.edition.leaf import pack_tighter
from broadsheet.press.errors import RenderFailed
from broadsheet.press.printer import Printer
from broadsheet.theme import pictures

AT_ONCE = 200
REPACKED_AT_ONCE, SETTLED_SECONDS = 20, 600.0
"""A page is packed tighter when it has not changed for ten minutes; twenty take some four seconds."""
AT_ONCE_PRIORITY = 80
"""Readers wait for pages; pictures' sizes and polls can wait for them."""
HERO_WIDTH = 1600
"""The widest picture of the design: an article's lead."""


def print_soon(path: str) -> None:
    """Have an address, and the hot leaves that have become stale, rendered once this transaction is committed."""
    transaction.on_commit(partial(print_stale.using(priority=AT_ONCE_PRIORITY).enqueue, path))


@task()
def print_stale(path: str = "") -> int:
    """Render an address and the hot leaves that wait; returns how many were rendered. Never fails for one page."""
    from broadsheet.press import follow

    follow.follow()
    edition = open_edition()
    printer = Printer(edition)
    rendered = 0
    for address in dict.fromkeys([*([path] if path else []), *edition.stale_hot(AT_ONCE)]):
        terms = printer.terms(address)
        kept = edition.get(address)
        if terms is None or (kept is not None and kept.fresh_at(time.time())):
            continue  # no leaf can stand there, or a reader was quicker
        try:
            printer.print(address, terms, kept)
            rendered += 1
        except RenderFailed:
            continue  # logged with its cause; the reader who asks for it gets the error page
    return rendered


@task()
def make_renditions(picture_id: int) -> int:
    """Make a picture's sizes and formats ahead of the page that shows them; returns how many there are."""
    picture = Picture.objects.filter(pk=picture_id).first()
    if picture is None:
        return 0
    specs = {wanted.spec for wanted in pictures.wanted_for(picture.width, HERO_WIDTH).filters}
    return len(picture.get_renditions(*sorted(specs), feeds.PICTURE))


@task()
def prune_history() -> int:
    """Drop versions that are older than the history is kept for; returns how many."""
    from broadsheet.press.history import open_history, pruning

    return pruning.prune(open_history())


@task()
def repack() -> int:
    """Pack leaves that have settled tighter (Brotli 11); returns how many."""
    edition = open_edition()
    packed = 0
    for path, etag in edition.to_repack(time.time() - SETTLED_SECONDS, REPACKED_AT_ONCE):
        leaf = edition.get(path)
        if leaf is not None and leaf.etag == etag:
            packed += edition.repack(path, etag, pack_tighter(leaf.bodies["identity"]))
    return packed


@task()
def prune_purge_log() -> int:
    """Drop old rows of the purge log."""
    from broadsheet.press import purge_log

    return purge_log.prune()
