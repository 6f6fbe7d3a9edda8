"""Bringing the queue to the CDN: in batches, one courier a machine, with growing pauses while the CDN refuses."""

from __future__ import annotations

import logging
import os
import threading
import time

from django.db import close_old_connections

from broadsheet.press.cdn import queue
from broadsheet.press.cdn.configured import configured
from broadsheet.press.cdn.values import Cdn
from broadsheet.press.changes import ChangeWatch
from broadsheet.press.edition import Edition, open_edition
from broadsheet.press.errors import CdnBusy, CdnError

logger = logging.getLogger("broadsheet.press")

NAME = "cdn:courier"
"""Claimed in the edition by the one that sends; no address begins like that."""
CLAIM_SECONDS = 120.0
LONGEST_PAUSE = 300.0
EVERYTHING_ABOVE = 20
"""Batches; with more than that waiting, everything is purged in one call."""
LOOK_SECONDS = 1.0
"""How often the log is looked at on a machine that no reader asks, because the CDN answers them all."""


def deliver(edition: Edition, cdn: Cdn) -> int:
    """Send what is due, unless the CDN asked for a pause or somebody else is sending. Returns the number of calls."""
    owner, sent = f"{os.getpid()}-{threading.get_ident()}", 0
    if not _is_due(edition, time.time()) or not edition.claim(NAME, owner, CLAIM_SECONDS):
        return 0
    try:
        while load := queue.take(edition, cdn.batch, EVERYTHING_ABOVE * cdn.batch, time.time()):
            if not _sent(edition, cdn, load):
                break
            sent += 1
            edition.claim(NAME, owner, CLAIM_SECONDS)
    finally:
        edition.release(NAME, owner)
    return sent


def _is_due(edition: Edition, now: float) -> bool:
    """Found out by reading only: a write has every front look into the edition again."""
    due = queue.next_due(edition)
    return due is not None and due <= now and queue.paused_until(edition) <= now


def pause_after(failures: int, asked: float) -> float:
    """Seconds to wait after some failures in a row: doubling, at least what the CDN asked for. Pure."""
    return max(asked, min(LONGEST_PAUSE, 2.0 ** min(failures, 20)))


def _sent(edition: Edition, cdn: Cdn, load: queue.Load) -> bool:
    try:
        if load.everything:
            cdn.purge_everything()
        else:
            cdn.purge(load.paths)
    except CdnError as error:
        failures = queue.failures(edition) + 1
        pause = pause_after(failures, error.pause if isinstance(error, CdnBusy) else LONGEST_PAUSE)
        queue.pause(edition, time.time() + pause, failures, str(error))
        logger.error("%s Tried again in %.0f seconds.", error, pause)
        return False
    if queue.failures(edition):
        queue.pause(edition, 0, 0, "")
    queue.acknowledged(edition, load, echo=cdn.echoes, now=time.time())
    return True


def start() -> None:
    """Follow the log and send what is due, in a thread of this process, if the site has a CDN."""
    if configured() is not None:
        threading.Thread(target=_keep_on, name="cdn-courier", daemon=True).start()


def _keep_on() -> None:
    watch = ChangeWatch()
    while True:
        try:
            close_old_connections()
            watch.follow()
            cdn = configured()
            if cdn is not None and open_edition().state("cdn"):
                deliver(open_edition(), cdn)
        except Exception:
            logger.exception("The CDN's courier stumbled; it goes on.")
        time.sleep(LOOK_SECONDS)
