"""What the source screens read besides the sources themselves."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Count
from django.utils import timezone

from broadsheet.desk.sources.health import Health, State, health_of
from broadsheet.wire.models import Item, Source, Status


def brought_today(sources: Iterable[Source]) -> dict[int, int]:
    """How many reports each source brought since midnight, along the queue's index: one query."""
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    rows = (
        Item.objects.filter(status__in=Status.values, first_seen_at__gte=midnight, source__in=list(sources))
        .order_by()
        .values_list("source_id")
        .annotate(count=Count("pk"))
    )
    return dict(rows)


def health(source: Source) -> Health:
    """How a source is doing."""
    return health_of(
        active=source.active,
        failures=source.failures,
        last_error=source.last_error,
        silent=source.is_silent and not (source.muted_until and source.muted_until > timezone.now()),
        last_item_at=source.last_item_at,
        last_fetched_at=source.last_fetched_at,
        usual_gap=source.usual_gap,
        now=timezone.now(),
    )


def troubled(limit: int) -> list[tuple[Source, Health]]:
    """Sources that fail or are silent beyond their norm, failing ones first."""
    judged = [(source, health(source)) for source in Source.objects.filter(active=True)]
    bad = [pair for pair in judged if pair[1].state in {State.FAILING, State.SILENT}]
    return sorted(bad, key=lambda pair: (pair[1].state != State.FAILING, pair[0].name))[:limit]
