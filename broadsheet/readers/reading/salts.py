"""The day's salt: what makes a reader's hash mean nothing tomorrow.

It is the same for all processes of a site: kept for the day in a file beside the spool, so that a process has it before
the main database is asked, and in the main database, so that other machines have it too. Both are dropped when the day
is over.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import time
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from broadsheet.readers.reading import actions
from broadsheet.readers.reading.decide import DAY


class Salts:
    """The salt of today."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._day = int(time.time()) // DAY
        self._is_the_sites = False
        self.value = self._of_this_machine(self._day)
        """What keys are made with now."""

    def refresh(self) -> None:
        """See that it is today's, and the site's own. Asks the database once a day.

        Raises:
            DatabaseError: it does not answer; then this machine's is used, and yesterday's is forgotten all the same.
        """
        today = int(time.time()) // DAY
        if today != self._day:
            self._day, self._is_the_sites, self.value = today, False, self._of_this_machine(today)
        if not self._is_the_sites:
            value = actions.salt_of(today, self.value)
            if value != self.value:
                self._write(value).replace(self._file(today))
                self.value = value
            self._is_the_sites = True

    def _of_this_machine(self, day: int) -> str:
        file = self._file(day)
        for old in self._folder.glob("salt-*"):
            if old != file:
                old.unlink(missing_ok=True)
        if not file.exists():
            made = self._write(secrets.token_hex(32))
            with suppress(FileExistsError):  # another process was quicker: its salt is the day's
                file.hardlink_to(made)
            made.unlink()
        return file.read_text()

    def _file(self, day: int) -> Path:
        return self._folder / f"salt-{day}"

    def _write(self, value: str) -> Path:
        path = self._folder / f".{secrets.token_hex(8)}"
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(value)
        return path


def key_of(salt: str, environ: Mapping[str, str], article: int) -> int:
    """A name for a reader of one article, from which neither can be found: 63 bits.

    The reader is the address and the browser's name. Behind a proxy the address is the first that ``X-Forwarded-For``
    names; a forged one only has its sender counted again, which another browser's name would do as well.
    """
    address = environ.get("HTTP_X_FORWARDED_FOR", "").partition(",")[0].strip() or environ.get("REMOTE_ADDR", "")
    reader = f"{address}\n{environ.get('HTTP_USER_AGENT', '')}\n{article}".encode("utf-8", "surrogateescape")
    digest = hashlib.blake2b(reader, digest_size=8, key=salt.encode()).digest()
    return int.from_bytes(digest) >> 1
