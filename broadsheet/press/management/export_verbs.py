"""The verbs of ``broadsheet press`` that bring the edition into files."""

from __future__ import annotations

import signal
import threading
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from broadsheet.press.edition import Edition
from broadsheet.press.export.exporter import Done, Exporter
from broadsheet.press.export.nginx import Server, configuration
from broadsheet.press.export.watching import Watcher
from broadsheet.press.history import open_history


class ExportVerbs(BaseCommand):
    """export, nginx."""

    def add_export_verbs(self, verbs: Any) -> None:
        """Declare the verbs."""
        export = verbs.add_parser("export", help="write everything readers can reach as a tree of files")
        export.add_argument("folder", type=Path)
        export.add_argument("--watch", action="store_true", help="go on: keep the tree as exact as the edition")
        export.add_argument("--base-media", action="store_true", help="all uploaded files, not only those pages show")
        nginx = verbs.add_parser("nginx", help="print nginx's configuration for such a tree")
        nginx.add_argument("folder", type=Path)
        nginx.add_argument("--application", default="http://127.0.0.1:8000", help="where Broadsheet answers")
        nginx.add_argument("--listen", default="80", help="port, or address and port")
        nginx.add_argument("--static", action="store_true", help="a mirror without the application")

    def do_export(self, edition: Edition, options: dict[str, Any]) -> None:
        """Bring a tree up to date, once or for good."""
        exporter = Exporter(edition, options["folder"].resolve())
        if options["watch"]:
            self._watch(exporter, options["base_media"])
            return
        pin = open_history().pin()
        if pin is not None:
            raise CommandError(f"Readers are rolled back ({pin.why}): the tree would show them the newest.")
        self._tell(exporter.run(media=options["base_media"]))

    def do_nginx(self, edition: Edition, options: dict[str, Any]) -> None:
        """Print the configuration, and have the tree hold what it fits."""
        exporter = Exporter(edition, options["folder"].resolve())
        headers = exporter.agree()
        self.stdout.write(
            configuration(
                Server(
                    folder=str(options["folder"].resolve()),
                    name=urlsplit(settings.BASE_URL).hostname or "_",
                    listen=options["listen"],
                    application="" if options["static"] else options["application"].rstrip("/"),
                    headers=headers,
                )
            )
        )

    def _watch(self, exporter: Exporter, media: bool) -> None:
        stop = threading.Event()
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stop.set())
        self.stdout.write(f"Keeping {exporter.tree.folder} (Ctrl-C ends it).")
        Watcher(exporter, media=media, tell=self._tell).keep(stop)

    def _tell(self, done: Done) -> None:
        self.stdout.write(
            f"{done.seen} pages: {done.written} written, {done.removed} removed, {done.copied} other files new."
        )
        if done.outside:
            self.stdout.write(
                f"{len(done.outside)} pages are left to the application, such as {done.outside[0]}: their headers are "
                "not those of the server's configuration. Make it again with `broadsheet press nginx`."
            )
        for path in done.failed:
            self.stderr.write(f"{path} could not be printed; its files stay as they were.")
