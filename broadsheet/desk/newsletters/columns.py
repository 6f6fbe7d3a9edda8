"""Columns of the lists of letters and of newsletters."""

from __future__ import annotations

from typing import Any

from wagtail.admin.ui.tables import Column

from broadsheet.readers.newsletters.models import Newsletter


class ResultsColumn(Column):
    """What became of a letter."""

    cell_template_name = "desk/newsletters/results.html"

    def get_value(self, instance: Any) -> Any:
        return instance.results


def _at(newsletter: Newsletter) -> str:
    return newsletter.at.strftime("%H:%M")


def _subscribers(newsletter: Any) -> str:
    return f"{newsletter.on:,} subscriber{'' if newsletter.on == 1 else 's'}"


at = Column("at", label="At", accessor=_at)
subscribers = Column("on", label="Subscribers", accessor=_subscribers)
