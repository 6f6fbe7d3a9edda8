"""Collecting what came back by mail: what is understood is taken in and removed, the rest stays where it is."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from django.conf import settings

from broadsheet.readers.newsletters.actions import reports
from broadsheet.readers.newsletters.decide.bounce_mailbox import from_url
from broadsheet.readers.newsletters.errors import MailboxLost, MailTooLarge
from broadsheet.readers.newsletters.mailing.bounce_mailbox import Box, opened
from broadsheet.readers.newsletters.models import LeftMail

logger = logging.getLogger("broadsheet.newsletters")

MOST_AT_ONCE = 200
RUN_SECONDS = 30.0
TIMEOUT_SECONDS = 20.0
"""For each answer of the server."""
FORGOTTEN_AT_ONCE = 500


class Fate(StrEnum):
    """What becomes of a mail."""

    TAKEN = "taken in and removed"
    LEFT = "left there: no reports on letters"
    UNREAD = "not given by the server"


@dataclass(frozen=True, kw_only=True)
class Collected:
    """What a run came to."""

    taken: int = 0
    """Reports taken in, and removed from the mailbox."""
    left: int = 0
    """Mails that are none: they stay."""
    more: bool = False
    """Whether others wait that this run had no room for."""


def collect() -> Collected:
    """Read what is new in the mailbox that letters come back to, if the site has one.

    A report is taken in before its mail is removed: if the run dies in between, the mail is read again, and changes
    nothing more. A mailbox that is not reached is logged, and asked again by the next run.
    """
    if not settings.BOUNCE_MAILBOX:
        return Collected()
    mailbox, fates, more = from_url(settings.BOUNCE_MAILBOX), Counter[Fate](), False
    try:
        with opened(mailbox, TIMEOUT_SECONDS) as box:
            more = _read(box, mailbox.name, fates)
    except MailboxLost as error:
        logger.warning("The bounce mailbox was not reached, or was lost: %s", error)
        more = False
    if fates:
        logger.info("Bounce mailbox: %s.", ", ".join(f"{count} {fate}" for fate, count in fates.items()))
    return Collected(taken=fates[Fate.TAKEN], left=fates[Fate.LEFT], more=more)


def _read(box: Box, mailbox: str, fates: Counter[Fate]) -> bool:
    """Read what is new, within limits. Returns whether more waits and is worth going on for."""
    fresh, until = _new_ones(mailbox, box.mails()), time.monotonic() + RUN_SECONDS
    for name in fresh[:MOST_AT_ONCE]:
        if time.monotonic() > until:
            break
        fates[_take(box, mailbox, name)] += 1
    return fates.total() < len(fresh) and fates[Fate.UNREAD] < fates.total()


def _take(box: Box, mailbox: str, name: str) -> Fate:
    try:
        source = box.read(name)
    except MailTooLarge:
        return _leave(mailbox, name)
    if source is None:
        return Fate.UNREAD  # not remembered: it may be given another time
    if not reports.take_mail(source).understood:
        return _leave(mailbox, name)
    box.remove(name)
    return Fate.TAKEN


def _leave(mailbox: str, name: str) -> Fate:
    LeftMail.objects.get_or_create(mailbox=mailbox, name=name)
    return Fate.LEFT


def _new_ones(mailbox: str, listed: Sequence[str]) -> list[str]:
    """Those of a mailbox's mails that were not left there before. What no longer lies there is forgotten."""
    LeftMail.objects.exclude(mailbox=mailbox).delete()
    left = set(LeftMail.objects.filter(mailbox=mailbox).values_list("name", flat=True))
    gone = sorted(left.difference(listed))
    for start in range(0, len(gone), FORGOTTEN_AT_ONCE):
        LeftMail.objects.filter(mailbox=mailbox, name__in=gone[start : start + FORGOTTEN_AT_ONCE]).delete()
    return [name for name in listed if name not in left]
