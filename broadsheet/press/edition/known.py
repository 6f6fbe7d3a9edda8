"""The addresses that may lead to a page, as 64-bit numbers: a miss is certain, a hit costs one rendering to check."""

from __future__ import annotations

from collections.abc import Iterable

from broadsheet.press.addresses import number_of
from broadsheet.press.edition import purging
from broadsheet.press.edition.file import EditionFile

SURVEYED = "surveyed"


class Known(EditionFile):
    """What the edition knows of addresses that it has no leaf of."""

    def is_surveyed(self) -> bool:
        """Whether every address of the paper is known, so that any other leads nowhere."""
        return self.state(SURVEYED) == "yes"

    def knows(self, stems: Iterable[str]) -> bool:
        """Whether all of these are known."""
        db = self.connection()
        return all(
            db.execute("SELECT 1 FROM address WHERE number = ?", (number_of(stem),)).fetchone() for stem in stems
        )

    def learn(self, stems: Iterable[str]) -> None:
        """Know these from now on."""
        with self.writing() as db:
            db.executemany("INSERT OR IGNORE INTO address VALUES (?)", ((number_of(stem),) for stem in stems))

    def surveyed(self, done: bool) -> None:
        """Say whether every address is known."""
        with self.writing() as db:
            purging.set_state(db, SURVEYED, "yes" if done else "no")

    def forget(self, path: str, *, began: int) -> None:
        """An address led nowhere when it was last asked for, unless it has become known again since."""
        number = number_of(path)
        with self.writing() as db:
            again = db.execute(
                "SELECT 1 FROM purged WHERE key = ? AND generation > ?", (f"at:{number}", began)
            ).fetchone()
            if not again:
                db.execute("DELETE FROM address WHERE number = ?", (number,))
