"""``broadsheet press``: look into the edition."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

from django.core.management.base import CommandError
from django.utils import timezone

from broadsheet.press import follow
from broadsheet.press.cdn import queue
from broadsheet.press.edition import Edition, Status, open_edition
from broadsheet.press.management.export_verbs import ExportVerbs
from broadsheet.press.management.history_verbs import HistoryVerbs
from broadsheet.press.management.impact_verbs import ImpactVerbs
from broadsheet.press.printer import Printer
from broadsheet.press.recorder import Dependency
from broadsheet.press.standing import standing


class Command(HistoryVerbs, ExportVerbs, ImpactVerbs):
    help = "The rendered edition: what is in it, and why a page is what it is."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        status = verbs.add_parser("status", help="leaves, stale ones first, and the edition's state")
        status.add_argument("--stale", action="store_true", help="only those that wait to be rendered")
        keys = verbs.add_parser("keys", help="what a page shows: the surrogate keys that purge it")
        keys.add_argument("url", help="the page's address or path")
        render = verbs.add_parser("render", help="render a page now")
        render.add_argument("url")
        verbs.add_parser("follow", help="apply what the purge log holds")
        self.add_history_verbs(verbs)
        self.add_export_verbs(verbs)
        self.add_impact_verbs(verbs)

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"do_{options['verb']}")(open_edition(), options)

    def do_status(self, edition: Edition, options: dict[str, Any]) -> None:
        """Counts, then a line for each leaf."""
        counts = edition.counts()
        self.stdout.write(
            f"{counts['leaves']} leaves, {counts['stale']} stale, {counts['failing']} failing, "
            f"{counts['dependencies']} dependencies, {counts['bytes'] / 1e6:.1f} MB in {edition.path}\n"
            f"cursor {edition.state('cursor')}, generation {edition.generation()}"
        )
        for line in standing(edition):
            self.stdout.write(line)
        told = queue.counts(edition)
        if told is not None:
            self.stdout.write(f"{told} changes the CDN was not told yet. {edition.state('cdn_error') or ''}".rstrip())
        for leaf in edition.statuses():
            if leaf.stale_since or not options["stale"]:
                self.stdout.write(f"{_why(leaf):<52} {leaf.path}")

    def do_keys(self, edition: Edition, options: dict[str, Any]) -> None:
        """What one leaf depends on, and what last happened to it."""
        path = urlsplit(options["url"]).path or "/"
        leaf = edition.status(path)
        if leaf is None:
            raise CommandError(f"{path} is not in the edition: never asked for, or no page. Try `press render`.")
        self.stdout.write(f"{path}: {_why(leaf)}")
        self.stdout.write(
            f"rendered {_when(leaf.rendered_at)} in {leaf.render_ms:.0f} ms, {leaf.renders} times; "
            f"etag {leaf.etag}; " + ", ".join(f"{coding} {size:,} B" for coding, size in leaf.sizes.items())
        )
        if leaf.error:
            self.stdout.write(f"last error: {leaf.error}")
        for dependency in sorted(edition.dependencies(path), key=lambda d: d.key):
            self.stdout.write("  " + _shown(dependency))

    def do_render(self, edition: Edition, options: dict[str, Any]) -> None:
        """Render one address now, whatever its state."""
        path = urlsplit(options["url"]).path or "/"
        printer = Printer(edition)
        terms = printer.terms(path)
        answer = printer.print(path, terms, None) if terms else None
        if answer is None or answer.leaf is None:
            raise CommandError(f"{path} is no page of the edition.")
        self.stdout.write(f"{path}: {len(answer.leaf.bodies['identity']):,} B, etag {answer.leaf.etag}")

    def do_follow(self, edition: Edition, options: dict[str, Any]) -> None:
        """Follow the purge log."""
        self.stdout.write(f"{follow.follow()} leaves became stale.")


def _why(leaf: Status) -> str:
    if leaf.error:
        return f"failing: {leaf.error[:40]}"
    if leaf.stale_since:
        return f"stale since {_when(leaf.stale_since)} by {leaf.stale_key}"
    if leaf.expires:
        return f"fresh until {_when(leaf.expires)}"
    return "fresh"


def _when(moment: float) -> str:
    return f"{timezone.localtime(datetime.fromtimestamp(moment, UTC)):%Y-%m-%d %H:%M:%S}"


def _shown(dependency: Dependency) -> str:
    if dependency.oldest is None and dependency.newest is None:
        return dependency.key
    oldest = f"{timezone.localtime(dependency.oldest):%Y-%m-%d %H:%M:%S}" if dependency.oldest else "the beginning"
    newest = f"{timezone.localtime(dependency.newest):%Y-%m-%d %H:%M:%S}" if dependency.newest else "the end"
    return f"{dependency.key} from {oldest} to {newest}"
