"""Jobs of operations."""

from __future__ import annotations

from django.core.management import call_command
from django_tasks import task


@task()
def tidy() -> None:
    """Forget finished jobs and ended sessions."""
    from broadsheet.ops import jobs

    jobs.drop_old_results()
    call_command("clearsessions")
