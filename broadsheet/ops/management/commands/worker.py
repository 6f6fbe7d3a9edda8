"""``broadsheet worker``: run jobs and the schedule."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Run jobs and the schedule until stopped (broadsheet run starts one beside the web process)."

    def handle(self, *args: Any, **options: Any) -> None:
        from broadsheet.ops.worker import run_worker

        run_worker()
