"""Asking the search engine, and the database instead while the engine is away."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from threading import Lock
from typing import TypeVar

from broadsheet.press.mains import waiting_for_others

Answer = TypeVar("Answer")
logger = logging.getLogger("broadsheet.search")
LEFT_ALONE_SECONDS = 30.0
"""One search in so long may wait in vain; an engine that is back is used again after half a minute at the latest."""
BAD_REQUEST = 400
"""What an engine says of one search, such as of one with too many words; everything else it may say of any."""


class Presence:
    """What this process knows of whether the engine answers."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._again_at: float | None = None

    def may_be_asked(self) -> bool:
        """Whether a search may ask. While the engine is away, one may from time to time; the others need not wait."""
        with self._lock:
            if self._again_at is None:
                return True
            if self._clock() < self._again_at:
                return False
            self._again_at = self._clock() + LEFT_ALONE_SECONDS
            return True

    def lost(self, error: object) -> None:
        """It did not answer."""
        with self._lock:
            is_news = self._again_at is None
            self._again_at = self._clock() + LEFT_ALONE_SECONDS
        if is_news:
            logger.warning("The search engine does not answer, so the database does: %s", error)

    def found(self) -> None:
        """It answered."""
        with self._lock:
            is_news, self._again_at = self._again_at is not None, None
        if is_news:
            logger.warning("The search engine answers again.")


presence = Presence()


def ask(
    engine: Callable[[], Answer], unreachable: tuple[type[Exception], ...], database: Callable[[], Answer]
) -> Answer:
    """What the engine answers, or the database if the engine does not.

    Args:
        engine: asks the engine.
        unreachable: what it raises if the engine does not answer, or with an error.
        database: asks the database.
    """
    if not presence.may_be_asked():
        return database()
    try:
        with waiting_for_others():
            answer = engine()
    except unreachable as error:
        if getattr(error, "status_code", None) != BAD_REQUEST:
            presence.lost(error)
            return database()
        logger.warning("The search engine refused a search, so the database answers it: %s", error)
        answer = database()
    presence.found()
    return answer
