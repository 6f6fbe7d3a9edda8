"""The verbs of ``broadsheet press`` that look into the history and roll readers back."""

from __future__ import annotations

import getpass
import sys
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from broadsheet.press.edition import Edition
from broadsheet.press.errors import HistoryError
from broadsheet.press.history import open_history, pins, snapshots
from broadsheet.press.history.moments import find, written
from broadsheet.press.history.values import Version

ALONE = "The main database does not answer: only this machine does so. Run this again when it is back."


class HistoryVerbs(BaseCommand):
    """snapshot, list, drop, show, rollback, forward."""

    def add_history_verbs(self, verbs: Any) -> None:
        """Declare the verbs."""
        snapshot = verbs.add_parser("snapshot", help="print what is stale and give this moment a name")
        snapshot.add_argument("name", nargs="?", default="", help="its name (default: the time)")
        snapshot.add_argument("--why", default="", help="what it is for")
        verbs.add_parser("list", help="snapshots, and what the history holds")
        drop = verbs.add_parser("drop", help="forget a snapshot")
        drop.add_argument("name")
        show = verbs.add_parser("show", help="what an address showed at a time")
        show.add_argument("url")
        show.add_argument(
            "--at", default="", help="a snapshot or a time (08:00, 2025-06-09 08:00); default: its versions"
        )
        show.add_argument("--headers", action="store_true", help="status and headers instead of the body")
        back = verbs.add_parser("rollback", help="show readers what every address showed at a snapshot or a time")
        back.add_argument("moment", metavar="SNAPSHOT|TIME")
        back.add_argument("--why", default="", help="what for; the desk shows it")
        verbs.add_parser("forward", help="show readers the newest pages again")

    def do_snapshot(self, edition: Edition, options: dict[str, Any]) -> None:
        """Take a snapshot."""
        name = options["name"] or f"{timezone.localtime():%Y-%m-%dT%H:%M:%S}"
        try:
            taken = snapshots.take(edition, name, getpass.getuser(), options["why"])
        except HistoryError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"{taken.snapshot.name}: {written(taken.snapshot.at)}, {taken.printed} pages printed for it")
        for path in taken.failed:
            self.stderr.write(f"{path} could not be printed: it stands in the snapshot as last printed.")

    def do_list(self, edition: Edition, options: dict[str, Any]) -> None:
        """Snapshots, newest first."""
        history = open_history()
        counts, pin = history.counts(), history.pin()
        if pin:
            self.stdout.write(f"ROLLED BACK to {written(pin.at)} since {written(pin.since)}: {pin.why}")
        self.stdout.write(
            f"{counts['addresses']} addresses, {counts['versions']} versions, {counts['bytes'] / 1e6:.1f} MB "
            f"since {written(history.since())} in {history.path}"
        )
        for snapshot in history.snapshots():
            self.stdout.write(f"{written(snapshot.at)}  {snapshot.name}  {snapshot.who}  {snapshot.why}".rstrip())

    def do_drop(self, edition: Edition, options: dict[str, Any]) -> None:
        """Forget a snapshot."""
        if not open_history().drop_snapshot(options["name"]):
            raise CommandError(f"There is no snapshot {options['name']!r}; see `press list`.")
        self.stdout.write(f"Dropped {options['name']}.")

    def do_show(self, edition: Edition, options: dict[str, Any]) -> None:
        """The body or the headers at a moment; without one, the address's versions."""
        history, path = open_history(), urlsplit(options["url"]).path or "/"
        if not options["at"]:
            for known in history.versions(path):
                self.stdout.write(f"{written(known.at)}  {known.status}  {known.etag or 'gone'}")
            return
        _, version = history.at(path, self._moment(options["at"]))
        if version is None:
            raise CommandError(f"{path} led to no page then, as far as is known.")
        headers, body = history.content(version)
        if options["headers"]:
            self.stdout.write(_head(version, headers))
        else:
            sys.stdout.buffer.write(body)

    def do_rollback(self, edition: Edition, options: dict[str, Any]) -> None:
        """Show readers a moment."""
        at = self._moment(options["moment"])
        told = pins.roll_back(at, f"{getpass.getuser()}: {options['why'] or options['moment']}")
        self.stdout.write(f"Readers see {written(at)}. Publishing goes on; `press forward` shows the newest again.")
        if not told:
            self.stderr.write(ALONE)

    def do_forward(self, edition: Edition, options: dict[str, Any]) -> None:
        """Show readers the newest."""
        told = pins.roll_forward(getpass.getuser())
        self.stdout.write("Readers see the newest pages.")
        if not told:
            self.stderr.write(ALONE)

    def _moment(self, text: str) -> int:
        try:
            return find(open_history(), text)
        except HistoryError as error:
            raise CommandError(str(error)) from error


def _head(version: Version, headers: tuple[tuple[str, str], ...]) -> str:
    lines = [f"{version.status}", f"Printed: {written(version.at)}", f'ETag: "{version.etag}"']
    return "\n".join([*lines, *(f"{name}: {value}" for name, value in headers)])
