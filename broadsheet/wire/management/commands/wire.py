"""`wire`: take on feeds, poll them, list them, carry them in and out."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Callable
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from broadsheet.wire import actions
from broadsheet.wire.actions import PollReport
from broadsheet.wire.errors import WireError
from broadsheet.wire.models import Filing, Rights, Source


class Command(BaseCommand):
    help = "Take on feeds, poll them, list them; OPML in and out."

    def add_arguments(self, parser: ArgumentParser) -> None:
        commands = parser.add_subparsers(dest="action", required=True)
        add = commands.add_parser("add", help="listen to a feed, or to the feed of a site")
        add.add_argument("url")
        add.add_argument("--name", default="", help="what to call it; the feed's title when left out")
        add.add_argument("--rights", choices=Rights.values, default=Rights.HEADLINE)
        add.add_argument("--licence", default="", help="the licence's name, needed for full_text")
        add.add_argument("--licence-url", default="")
        add.add_argument("--images", action="store_true", help="its pictures may be published")
        add.add_argument("--section", default="", help="the slug of the section its reports usually go to")
        add.add_argument("--filing", choices=Filing.values, default=Filing.HOLD)
        poll = commands.add_parser("poll", help="ask the feeds that are due")
        poll.add_argument("source", nargs="?", type=int, help="the id of one source, due or not")
        poll.add_argument("--all", action="store_true", help="ask every active source, due or not")
        commands.add_parser("list", help="list the sources and how they are")
        commands.add_parser("opml-import", help="take on every feed of an OPML file").add_argument("file")
        commands.add_parser("opml-export", help="write every source as OPML").add_argument("file", nargs="?")
        commands.add_parser("check", help="show what a feed would bring; stores nothing").add_argument("url")

    def handle(self, *args: Any, **options: Any) -> None:
        handlers: dict[str, Callable[[dict[str, Any]], None]] = {
            "add": self._add,
            "poll": self._poll,
            "list": self._list,
            "opml-import": self._import,
            "opml-export": self._export,
            "check": self._check,
        }
        try:
            handlers[options["action"]](options)
        except (WireError, ValueError, OSError) as error:
            raise CommandError(str(error)) from error

    def _add(self, options: dict[str, Any]) -> None:
        source, new = actions.add_source(
            options["url"],
            name=options["name"],
            rights=options["rights"],
            licence=options["licence"],
            licence_url=options["licence_url"],
            images_allowed=options["images"],
            section=options["section"],
            filing=options["filing"],
        )
        if new:
            self.stdout.write(f"Source {source.pk}: {source.name} <{source.url}>, {source.get_rights_display()}.")
        else:
            self.stdout.write(f"Already known as source {source.pk}: {source.name}. Nothing was changed.")

    def _poll(self, options: dict[str, Any]) -> None:
        if options["source"] is not None:
            source = Source.objects.filter(pk=options["source"]).first()
            if source is None:
                raise CommandError(f"There is no source {options['source']}. See `wire list`.")
            reports = [actions.poll(source)]
        elif options["all"]:
            reports = actions.poll_sources(list(Source.objects.filter(active=True)))
        else:
            reports = actions.poll_due()
        for report in reports:
            self.stdout.write(_line(report))
        failed = sum(1 for report in reports if report.error)
        self.stdout.write(f"{len(reports)} polled, {sum(r.arrived for r in reports)} new reports, {failed} failed.")
        if reports and failed == len(reports):
            raise CommandError("No source could be polled; the causes are above and on each source.")

    def _list(self, options: dict[str, Any]) -> None:
        if not Source.objects.exists():
            self.stdout.write("No sources yet. Add one with: broadsheet wire add URL")
        for source in Source.objects.all():
            self.stdout.write(f"{source.pk:>5}  {_health(source):<8} {source.rights:<10} {source.name}  <{source.url}>")
            if source.last_error:
                self.stdout.write(f"       {source.last_error} Next try: {source.next_fetch_at:%Y-%m-%d %H:%M} UTC.")

    def _import(self, options: dict[str, Any]) -> None:
        path = Path(options["file"])
        report = actions.import_opml(path.read_bytes(), path.name)
        self.stdout.write(f"{report.added} sources added, {report.known} known already.")

    def _export(self, options: dict[str, Any]) -> None:
        document = actions.export_opml()
        if options["file"]:
            Path(options["file"]).write_bytes(document)
        else:
            sys.stdout.write(document.decode())

    def _check(self, options: dict[str, Any]) -> None:
        found = actions.probe(options["url"])
        feed = found.feed
        self.stdout.write(f"{feed.title or 'Untitled'} <{found.url}>: {feed.kind}, {len(feed.items)} entries.")
        for entry in feed.items[:10]:
            date = f"{entry.published:%Y-%m-%d %H:%M}" if entry.published else "no date         "
            self.stdout.write(f"  {date}  {entry.title or entry.url}")


def _health(source: Source) -> str:
    if not source.active:
        return "stopped"
    if source.failures:
        return "failing"
    return "silent" if source.is_silent else "well"


def _line(report: PollReport) -> str:
    if report.error:
        return f"{report.name}: {report.error}"
    if not report.modified:
        return f"{report.name}: nothing has changed."
    return f"{report.name}: {report.arrived} new, {report.changed} changed, {report.seen_again} known from elsewhere."
