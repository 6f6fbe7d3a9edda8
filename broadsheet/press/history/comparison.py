"""The history beside the edition: what one has and the other lacks, found in one query over both files."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from broadsheet.press.edition.file import EditionFile

LAST = (
    "(SELECT etag FROM version JOIN address ON address.id = address"
    " WHERE address.path = {path} ORDER BY at DESC LIMIT 1)"
)


class Comparison(EditionFile):
    """Comparing with an edition."""

    def lacks(self, edition: Path) -> list[tuple[str, float]]:
        """Leaves whose last version is not theirs, with the Unix time of their rendering: printed before there was a
        history, or lost with it."""
        last = LAST.format(path="leaf.path")
        with self._beside(edition):
            rows = self.connection().execute(
                f"SELECT path, rendered_at FROM edition.leaf WHERE {last} IS NOT leaf.etag"  # noqa: S608 (ours)
            )
            return list(rows)

    def only_here(self, edition: Path) -> list[str]:
        """Addresses that led to a page when last printed, and that the edition has no leaf of: it was deleted."""
        last = LAST.format(path="a.path")
        with self._beside(edition):
            rows = self.connection().execute(
                f"SELECT path FROM address a WHERE {last} <> ''"  # noqa: S608 (ours)
                " AND NOT EXISTS (SELECT 1 FROM edition.leaf WHERE leaf.path = a.path) ORDER BY path"
            )
            return [path for (path,) in rows]

    @contextmanager
    def _beside(self, edition: Path) -> Iterator[None]:
        self.connection().execute("ATTACH ? AS edition", (str(edition),))
        try:
            yield
        finally:
            self.connection().execute("DETACH edition")
