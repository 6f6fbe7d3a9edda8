"""Visits to the main database: how long it has kept somebody waiting, seen from outside while they wait."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from functools import partial
from pathlib import Path
from typing import Any

from django.db import InterfaceError, OperationalError, close_old_connections, connection

from broadsheet.press.errors import MainsAway
from broadsheet.press.mains.answering import Answering

SLOW_SECONDS = 0.15
"""Whoever has waited longer than that, beyond what is usual, shows that the database is slow."""
GRACE_SECONDS = 0.05
"""A question that takes no longer than this is no sign of a slow database: threads take turns, too."""
WAITING = ("close_if_health_check_failed", "ensure_connection", "commit", "rollback")
"""What a connection waits for besides statements."""
LOST_FILE = ("unable to open database file", "disk I/O error", "malformed", "not a database")
"""How SQLite says that its file cannot be used, as opposed to being locked."""


class Visit:
    """One thread's dealings with the main database."""

    def __init__(self) -> None:
        self._spent = 0.0
        self._asked_at: float | None = None
        self._link: Any = None

    def waited(self) -> float:
        """Seconds spent waiting for slow answers so far."""
        return self._spent + max(0.0, self._waiting() - GRACE_SECONDS)

    def is_slow(self) -> bool:
        """Whether it shows that the database is slow."""
        return self.waited() > SLOW_SECONDS

    def is_stuck(self, seconds: float = SLOW_SECONDS) -> bool:
        """Whether it has waited for one answer for longer than that."""
        return self._waiting() > seconds

    @contextmanager
    def waiting(self) -> Iterator[None]:
        """What happens inside is waiting; who waits already goes on with that afterwards."""
        is_within = self._asked_at is not None
        self._asked_at = time.monotonic()
        try:
            yield
        finally:
            self._spent += max(0.0, self._waiting() - GRACE_SECONDS)
            self._asked_at = time.monotonic() if is_within else None

    @contextmanager
    def away(self) -> Iterator[None]:
        """What happens inside is waiting, but not for an answer to this visit's own connection: that is not cut."""
        link, self._link = self._link, None
        try:
            with self.waiting():
                yield
        finally:
            self._link = link

    @contextmanager
    def paid(self, mains: Answering) -> Iterator[None]:
        """What this thread asks the database inside belongs to this visit.

        Raises:
            MainsAway: it cannot be reached.
        """
        token = _current.set(self)
        try:
            with self.waiting():
                self._arrive(mains)
            with self._watched(mains):
                yield
        finally:
            _current.reset(token)

    def cut(self, after: float) -> None:
        """Take the connection away from a question that PostgreSQL has left open for so many seconds.

        The driver itself waits for ever if a server accepts a question and then says nothing.
        """
        link = self._link
        if link is None or self._waiting() < after:
            return
        # By now the driver may have lost or closed it, or be SQLite's: each says so by an error of its own.
        with suppress(Exception), socket.socket(fileno=os.dup(link.pgconn.socket)) as line:
            line.shutdown(socket.SHUT_RDWR)

    def _waiting(self) -> float:
        asked_at = self._asked_at
        return 0.0 if asked_at is None else time.monotonic() - asked_at

    def _arrive(self, mains: Answering) -> None:
        try:
            close_old_connections()
            _look_at_file()
            connection.ensure_connection()
            self._link = connection.connection
            if not connection.is_usable():
                connection.close()
                connection.ensure_connection()
                self._link = connection.connection
        except (OperationalError, InterfaceError) as error:
            mains.failed(error)
            raise MainsAway from error
        mains.answered()

    @contextmanager
    def _watched(self, mains: Answering) -> Iterator[None]:
        """Have every wait for the database counted.

        Django tells its wrappers of statements alone; a COMMIT waits for the disk, and an answer to it may never come.
        """

        def statement(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
            with self._asking(mains):
                return execute(sql, params, many, context)

        def counted(method: Callable[[], None]) -> None:
            with self._asking(mains):
                method()
            self._link = connection.connection

        for name in WAITING:
            setattr(connection, name, partial(counted, getattr(connection, name)))
        try:
            with connection.execute_wrapper(statement):
                yield
        finally:
            for name in WAITING:
                delattr(connection, name)  # the class's own is seen again

    @contextmanager
    def _asking(self, mains: Answering) -> Iterator[None]:
        try:
            with self.waiting():
                yield
        except (OperationalError, InterfaceError) as error:
            if is_lost(error):
                mains.failed(error)
            raise


_current: ContextVar[Visit | None] = ContextVar("visit", default=None)


@contextmanager
def waiting_for_others() -> Iterator[None]:
    """What happens inside is waiting: for somebody who may be waiting for the database, or for another machine."""
    visit = _current.get()
    if visit is None:
        yield
        return
    with visit.away():
        yield


def is_lost(error: Exception) -> bool:
    """Whether an error means that the database is away, not that one question was wrong or came at a bad time."""
    if connection.vendor == "sqlite":
        return any(words in str(error) for words in LOST_FILE)
    return connection.connection is None or bool(connection.connection.closed)


def _look_at_file() -> None:
    """Whoever has a SQLite file open goes on using it when it was moved away or replaced: what they write is lost."""
    if connection.vendor != "sqlite":
        return
    path = Path(connection.settings_dict["NAME"])
    if not path.exists():
        connection.close()
        raise OperationalError(f"{path} is missing")
    inode = path.stat().st_ino
    if connection.connection is not None and getattr(connection, "inode", inode) != inode:
        connection.close()
    setattr(connection, "inode", inode)  # noqa: B010 (Django's class knows no such attribute)
