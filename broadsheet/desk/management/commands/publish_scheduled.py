"""``broadsheet publish_scheduled``: what the worker does by itself, now.

Wagtail's command of that name stops at the first page that cannot be published.
"""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from broadsheet.desk.actions.publish import publish_due


class Command(BaseCommand):
    help = "Publishes and withdraws what is scheduled for now. The worker does so by itself."

    def handle(self, *args: Any, **options: Any) -> None:
        report = publish_due()
        self.stdout.write(f"{report.published} published, {report.withdrawn} withdrawn")
        if report.failed:
            raise CommandError("\n".join(report.failed))
