"""What a schedule could not do, told in the log and in the page's history: once, though it is tried again and again."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from wagtail.log_actions import LogFormatter, registry
from wagtail.models import PageLogEntry, Revision

logger = logging.getLogger("broadsheet.desk")
FAILED = "broadsheet.schedule.failed"


class Failed(LogFormatter):
    """The line in a page's history."""

    label = "Schedule not kept"

    def format_message(self, log_entry: Any) -> str:
        """What editors read."""
        return f"Not done as scheduled: {log_entry.data['cause']}"


def tell(instance: Any, error: Exception, revision: Revision | None = None) -> str:
    """Say that something was not published or withdrawn.

    Args:
        instance: what it was to happen to; None if that is gone.
        error: why it did not.
        revision: the version that should have been published.
    Returns:
        Of what, and why.
    """
    cause = "; ".join(error.messages) if isinstance(error, ValidationError) else str(error) or type(error).__name__
    said = f"“{instance}”: {cause}"
    told = registry.get_logs_for_instance(instance).filter(action=FAILED, revision=revision).order_by("-timestamp")
    last = told.first()
    if last is None or last.data["cause"] != cause:
        logger.error("Not done as scheduled, and tried again from now on: %s", said, exc_info=error)
        registry.log(instance, FAILED, revision=revision, data={"cause": cause})
    return said


def causes(revisions: Iterable[Revision]) -> dict[int, str]:
    """Why versions of pages were not published, by the version's id."""
    told = PageLogEntry.objects.filter(action=FAILED, revision__in=[revision.pk for revision in revisions])
    return {entry.revision_id: entry.data["cause"] for entry in told.order_by("timestamp")}
