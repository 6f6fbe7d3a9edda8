"""Troubles that are said once when they begin and once when they are over, however often they are met."""

from __future__ import annotations

import logging
import threading
import time

logger = logging.getLogger("broadsheet.press")


class Alarm:
    """One kind of trouble of this process."""

    def __init__(self, begun: str, over: str, *, calm: float = 0.0) -> None:
        """
        Args:
            begun: what is logged when it begins; the cause follows.
            over: what is logged when it is over; how long it took follows.
            calm: seconds for which there must have been no trouble for it to be over.
        """
        self._begun, self._over, self._calm = begun, over, calm
        self._met_at = 0.0
        self._lock = threading.Lock()
        self.since: float | None = None
        """Unix time since which there is trouble; None if there is none."""
        self.cause = ""
        """What was met last."""

    def sound(self, cause: object) -> None:
        """There is trouble. An ERROR is logged when it begins."""
        with self._lock:
            self._met_at = time.monotonic()
            self.cause = str(cause).strip() or type(cause).__name__
            if self.since is not None:
                return
            self.since = time.time()
        logger.error("%s: %s", self._begun, self.cause)

    def end(self) -> None:
        """There is none."""
        if self.since is None or time.monotonic() - self._met_at < self._calm:
            return
        with self._lock:
            since, self.since, self.cause = self.since, None, ""
        if since is not None:
            logger.warning("%s after %.0f seconds.", self._over, time.time() - since)
