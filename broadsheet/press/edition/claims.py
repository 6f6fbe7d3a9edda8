"""Single flight across processes: who renders an address."""

from __future__ import annotations

import time

from broadsheet.press.edition.file import EditionFile


class Claims(EditionFile):
    """Claims on addresses; one that is not released ends by itself, as when its renderer died."""

    def claim(self, path: str, owner: str, seconds: float) -> bool:
        """Become the one that renders an address, for at most ``seconds``. False if another one is."""
        now = time.time()
        with self.writing() as db:
            return bool(
                db.execute(
                    "INSERT INTO claim VALUES (?, ?, ?) ON CONFLICT (path) DO UPDATE SET owner = excluded.owner,"
                    " until = excluded.until WHERE claim.until < ? OR claim.owner = excluded.owner",
                    (path, owner, now + seconds, now),
                ).rowcount
            )

    def release(self, path: str, owner: str) -> None:
        """Stop being the one that renders an address."""
        with self.writing() as db:
            db.execute("DELETE FROM claim WHERE path = ? AND owner = ?", (path, owner))

    def is_claimed(self, path: str) -> bool:
        """Whether somebody is rendering an address."""
        row = self.connection().execute("SELECT until FROM claim WHERE path = ?", (path,)).fetchone()
        return row is not None and row[0] >= time.time()
