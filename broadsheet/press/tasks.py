"""Jobs of the press."""

from __future__ import annotations

from functools import partial

from django.db import transaction
from django_tasks import task

from broadsheet.press.edition import open_edition
from broadsheet.press.errors import RenderFailed
from broadsheet.press.printer import Printer

AT_ONCE = 200


def print_soon(path: str) -> None:
    """Have an address, and the hot leaves that have become stale, rendered once this transaction is committed."""
    transaction.on_commit(partial(print_stale.enqueue, path))


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
        if terms is None:
            continue
        try:
            printer.print(address, terms, edition.get(address))
            rendered += 1
        except RenderFailed:
            continue  # logged with its cause; the reader who asks for it gets the error page
    return rendered


@task()
def prune_purge_log() -> int:
    """Drop old rows of the purge log."""
    from broadsheet.press import purge_log

    return purge_log.prune()
