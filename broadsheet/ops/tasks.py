"""Jobs of operations."""

from __future__ import annotations

from django.core.management import call_command
from django_tasks import task


@task()
def tidy() -> None:
    """Forget finished jobs, ended sessions and limits that no longer count."""
    from broadsheet.ops import jobs
    from broadsheet.readers.limits import actions as limits

    jobs.drop_old_results()
    limits.forget_old()
    call_command("clearsessions")
