"""``broadsheet search``: the index on the command line."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from broadsheet.readers.search import actions, tasks


class Command(BaseCommand):
    help = "What readers' search is answered from."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        indexing = verbs.add_parser("index", help="index every published article anew, the newest first")
        indexing.add_argument("--here", action="store_true", help="by this command, not by the worker")

    def handle(self, *args: Any, **options: Any) -> None:
        """Begin, or do it."""
        if not options["here"]:
            tasks.index_again.using(priority=tasks.LOW).enqueue()
            self.stdout.write("The worker indexes every published article anew; search goes on meanwhile.")
            return
        below, parts = actions.index_part(again=True), 1
        while below is not None:
            self.stdout.write(f"{parts * actions.AT_ONCE:,} articles")
            below, parts = actions.index_part(below, again=True), parts + 1
        self.stdout.write("Every published article is indexed.")
