"""Jobs of counting."""

from __future__ import annotations

from django_tasks import task

from broadsheet.readers.reading import ranks, rollup


@task()
def rank() -> None:
    """Rank what was read, for the boxes and the desk."""
    ranks.rank()


@task()
def roll_up() -> int:
    """Gather older views into wider buckets and drop what is kept only for a while; returns how many were gathered."""
    return rollup.roll_up()
