"""``broadsheet reading``: the figures on the command line."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from broadsheet.newsroom.lists import headlines
from broadsheet.readers.reading import export
from broadsheet.readers.reading.errors import NoSuchPeriod
from broadsheet.readers.reading.models import Window
from broadsheet.readers.reading.ranks import places


class Command(BaseCommand):
    help = "What is being read."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        writing = verbs.add_parser("export", help="the views of each article by day, to the standard output")
        today = timezone.now().date().isoformat()
        writing.add_argument("--from", dest="first", required=True, help="the first day, as 2026-05-04")
        writing.add_argument("--to", dest="last", default=today, help="the last day; today")
        writing.add_argument("--format", choices=sorted(export.FORMATS), default="csv")
        top = verbs.add_parser("top", help="what was read most")
        names = [window.name.lower() for window in Window]
        top.add_argument("period", nargs="?", choices=names, default="day")

    def handle(self, *args: Any, **options: Any) -> None:
        getattr(self, f"do_{options['verb']}")(options)

    def do_export(self, options: dict[str, Any]) -> None:
        """Write a period."""
        try:
            period = export.days(options["first"], options["last"])
        except NoSuchPeriod as error:
            raise CommandError(str(error)) from error
        for part in export.FORMATS[options["format"]](period):
            self.stdout.write(part, ending="")

    def do_top(self, options: dict[str, Any]) -> None:
        """A line for each article, as last ranked."""
        found = places(Window[options["period"].upper()])
        known = headlines(place.article for place in found)
        for place in found:
            if place.article in known:
                self.stdout.write(f"{place.views:>9,}  {known[place.article].title}")
