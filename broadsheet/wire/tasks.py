"""The worker's part: poll what is due. The schedule calls this every minute."""

from __future__ import annotations

from django_tasks import task

from broadsheet.wire import actions
from broadsheet.wire.models import Source


@task()
def poll_due(limit: int = 200) -> int:
    """Poll the sources whose time has come. Returns: how many were asked."""
    return len(actions.poll_due(limit))


@task()
def poll_source(source_id: int) -> int:
    """Poll one source now, as the desk's button asks. Returns: how many reports are new."""
    return actions.poll(Source.objects.get(pk=source_id)).arrived
