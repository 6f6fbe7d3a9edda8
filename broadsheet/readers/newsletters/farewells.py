"""Farewells: who leaves a list while the main database does not answer is taken off it when it does again.

A mail program sends its one click (RFC 8058) once, and shows its reader that it is done. So what it asks for is kept
as a file, named by the link, until a thread of this process, or of one that is started later, has done it.
"""

from __future__ import annotations

import logging
import os
import re
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from django.db import DatabaseError, InterfaceError, close_old_connections
from django.template.loader import render_to_string

from broadsheet.press.mains import the_mains
from broadsheet.readers.newsletters import links
from broadsheet.readers.newsletters.actions import subscribing
from broadsheet.readers.newsletters.errors import BadLink
from broadsheet.readers.newsletters.models import Newsletter

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]
logger = logging.getLogger("broadsheet.newsletters")

PATH = re.compile(r"/newsletters/leave/(\d{1,18}-[0-9a-f]{32})/([-a-zA-Z0-9_]{1,100})/")
"""Links of ours, by their form: whether one is good cannot be told without the database."""
BETWEEN = "_"
"""In a file's name, between the link's token, which has none, and the list's slug."""
MOST = 10_000
"""Farewells that are kept: a stranger could send as many as they like."""
EVERY_SECONDS = 5.0
KEPT = "You will be taken off the list"


class Farewells:
    """The application, but that a farewell it cannot take is kept."""

    def __init__(self, behind: Application, folder: Path) -> None:
        """Stand before an application; what an earlier process has left in the folder is done."""
        self._behind, self._folder = behind, folder
        self._lock, self._works = threading.Lock(), False
        if waiting(folder):
            self._work()

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        link = PATH.fullmatch(environ["PATH_INFO"]) if environ["REQUEST_METHOD"] == "POST" else None
        if link is None:
            return self._behind(environ, start_response)
        answer: list[Any] = []
        body = self._behind(environ, lambda *given: answer.append(given))
        if not answer[0][0].startswith("503") or not keep(self._folder, link[1], link[2]):
            start_response(*answer[0])
            return body
        getattr(body, "close", bool)()
        self._work()
        page = render_to_string("readers/newsletters/farewell_kept.html", {"title": KEPT}).encode()
        headers = [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(page)))]
        start_response("202 Accepted", [*headers, ("Cache-Control", "no-store"), ("Referrer-Policy", "no-referrer")])
        return [page]

    def _work(self) -> None:
        with self._lock:
            if not self._works:
                self._works = True
                threading.Thread(target=self._until_done, name="farewells", daemon=True).start()

    def _until_done(self) -> None:
        pause = threading.Event()
        while not self._is_done():
            pause.wait(EVERY_SECONDS)
            if not the_mains().may_be_asked():
                continue
            close_old_connections()
            try:
                logger.info("%s farewells of the time without a database are done.", do_all(self._folder))
            except (DatabaseError, InterfaceError, OSError):
                continue  # the alarm of the mains has been sounded; they wait
            except Exception:
                logger.exception("Farewells stumbled; they wait, and are tried again.")
            finally:
                close_old_connections()

    def _is_done(self) -> bool:
        with self._lock:
            self._works = bool(waiting(self._folder))
        return not self._works


def waiting(folder: Path) -> list[Path]:
    """What is kept."""
    return sorted(folder.glob(f"*{BETWEEN}*"))


def keep(folder: Path, token: str, slug: str) -> bool:
    """Keep a farewell so that a power cut does not lose it. Whether it is kept: not if there are MOST, or no room."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if len(waiting(folder)) >= MOST:
            return False
        (folder / f"{token}{BETWEEN}{slug}").touch(mode=0o600)
        held = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(held)
        finally:
            os.close(held)
    except OSError:
        return False
    return True


def do_all(folder: Path) -> int:
    """Take everybody off who has said farewell; a link that is none of ours is forgotten. Returns how many there were.

    Raises:
        DatabaseError: not now; what is not done yet stays.
    """
    kept = waiting(folder)
    for path in kept:
        token, _, slug = path.name.partition(BETWEEN)
        try:
            subscriber, newsletter = links.subscriber_of(token), Newsletter.objects.get(slug=slug)
            subscribing.leave(subscriber, newsletter, where="/newsletters/leave/")
        except (BadLink, Newsletter.DoesNotExist):
            logger.warning("A farewell by a link that is none of ours was forgotten.")
        path.unlink(missing_ok=True)
    return len(kept)
