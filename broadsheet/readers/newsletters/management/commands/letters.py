"""``broadsheet letters``: the letters from the command line."""

from __future__ import annotations

import csv
import mailbox
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count, Q

from broadsheet.readers.newsletters import tasks
from broadsheet.readers.newsletters.actions import collecting, composing, queue, reports, starting, transfer
from broadsheet.readers.newsletters.errors import LetterError
from broadsheet.readers.newsletters.models import Delivery, Letter, Newsletter

MBOX = b"From "


class Command(BaseCommand):
    """Verbs of the letters."""

    help = "Lists, letters, subscribers, and what came back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        verbs = parser.add_subparsers(dest="verb", required=True)
        verbs.add_parser("list", help="the lists and their latest letters")
        compose = verbs.add_parser("compose", help="make a draft of a list's next letter")
        compose.add_argument("newsletter", help="the list's address, as morning")
        send = verbs.add_parser("send", help="send a letter now; the worker does it")
        send.add_argument("letter", type=int)
        doubt = verbs.add_parser("doubt", help="the deliveries that may have been sent or not")
        doubt.add_argument("letter", type=int)
        doubt.add_argument("--send-again", action="store_true", help="send them once more")
        doubt.add_argument("--leave", action="store_true", help="take them for sent")
        returned = verbs.add_parser("returned", help="take in bounces and complaints that came by mail")
        returned.add_argument("files", nargs="*", type=Path, help="mails or mbox files; none: one mail from stdin")
        verbs.add_parser("collect", help="take in what came back to the bounce mailbox, now")
        incoming = verbs.add_parser("import", help="take on subscribers, with proof of their consent")
        incoming.add_argument("file", type=Path)
        incoming.add_argument("--list", dest="newsletter", help="the list for all of them")
        outgoing = verbs.add_parser("export", help="write all subscribers as CSV")
        outgoing.add_argument("--list", dest="newsletter", help="only of this list")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            getattr(self, f"do_{options['verb']}")(options)
        except LetterError as error:
            raise CommandError(str(error)) from error

    def do_list(self, options: dict[str, Any]) -> None:
        on = Count("subscriptions", filter=Q(subscriptions__active=True))
        for newsletter in Newsletter.objects.annotate(on=on):
            self.stdout.write(f"{newsletter.slug}: {newsletter.name}, {newsletter.on} subscribers")
            for letter in newsletter.letters.all()[:5]:
                self.stdout.write(f"  {letter.pk} {letter.get_state_display()}: {letter} {letter.note}".rstrip())

    def do_compose(self, options: dict[str, Any]) -> None:
        letter, _ = composing.compose(_newsletter(options["newsletter"]))
        self.stdout.write(f"Letter {letter.pk}: {letter}, {letter.items.count()} articles.")

    def do_send(self, options: dict[str, Any]) -> None:
        count = starting.start(_letter(options["letter"]))
        tasks.keep_time.enqueue()
        self.stdout.write(f"It goes to {count}.")

    def do_doubt(self, options: dict[str, Any]) -> None:
        rows = Delivery.objects.filter(letter=_letter(options["letter"]), state=Delivery.State.IN_DOUBT)
        if options["send_again"]:
            self.stdout.write(f"{queue.send_again(rows)} are sent again.")
        elif options["leave"]:
            self.stdout.write(f"{queue.leave_be(rows)} are taken for sent.")
        for row in rows.select_related("subscriber").order_by("pk").iterator(500):
            self.stdout.write(f"{row.subscriber or 'deleted'}: {row.detail}")

    def do_returned(self, options: dict[str, Any]) -> None:
        if not options["files"]:
            self.stdout.write(reports.take_mail(sys.stdin.buffer.read()).words)
        for path in options["files"]:
            for source in _mails(path):
                self.stdout.write(f"{path}: {reports.take_mail(source).words}")

    def do_collect(self, options: dict[str, Any]) -> None:
        if not settings.BOUNCE_MAILBOX:
            raise CommandError("The site reads no mailbox: set bounce_mailbox in broadsheet.toml.")
        found = collecting.collect()
        more = ", and more waits" if found.more else ""
        self.stdout.write(f"{found.taken} taken in and removed, {found.left} left there{more}.")

    def do_import(self, options: dict[str, Any]) -> None:
        newsletter = _newsletter(options["newsletter"]) if options["newsletter"] else None
        with options["file"].open(encoding="utf-8-sig", newline="") as file:
            report = transfer.import_subscribers(file, newsletter)
        for line in report.refused:
            self.stderr.write(line)
        counts = f"{report.known} known, {report.left} had left, {report.refused_count} refused"
        self.stdout.write(f"{report.added} added, {counts}.")

    def do_export(self, options: dict[str, Any]) -> None:
        newsletter = _newsletter(options["newsletter"]) if options["newsletter"] else None
        csv.writer(self.stdout).writerows(transfer.export_subscribers(newsletter))


def _newsletter(slug: str) -> Newsletter:
    found = Newsletter.objects.filter(slug=slug).first()
    if found is None:
        raise CommandError(f"There is no list {slug}: `broadsheet letters list` names them.")
    return found


def _letter(pk: int) -> Letter:
    found = Letter.objects.filter(pk=pk).first()
    if found is None:
        raise CommandError(f"There is no letter {pk}: `broadsheet letters list` names them.")
    return found


def _mails(path: Path) -> list[bytes]:
    with path.open("rb") as file:
        start = file.read(len(MBOX))
    if start != MBOX:
        return [path.read_bytes()]
    return [message.as_bytes() for message in mailbox.mbox(path, create=False)]
