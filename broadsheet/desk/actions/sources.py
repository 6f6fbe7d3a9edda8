"""What an editor does with a source besides editing it."""

from __future__ import annotations

from django.utils import timezone

from broadsheet.wire import tasks as wire_tasks
from broadsheet.wire.models import Source


def poll_soon(source: Source) -> None:
    """Ask a source now, in a job: a slow site must not keep the editor waiting."""
    wire_tasks.poll_source.enqueue(source.pk)


def switch(source: Source, *, on: bool) -> None:
    """Listen to a source, or stop; one switched on is asked at once."""
    source.active = on
    fields = ["active"]
    if on:
        source.next_fetch_at = timezone.now()
        source.failures, source.last_error, source.last_error_at = 0, "", None
        fields += ["next_fetch_at", "failures", "last_error", "last_error_at"]
    source.save(update_fields=fields)
