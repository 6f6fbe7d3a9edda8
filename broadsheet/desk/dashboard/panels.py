"""Panels of the desk's home page: what has come in, what waits, what is next, how the press stands."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.models import Revision

from broadsheet.desk.actions import failures
from broadsheet.desk.articles.filters import Filters, State
from broadsheet.desk.articles.listing import read_list, scheduled_next
from broadsheet.desk.reading.access import may_see as may_see_reading
from broadsheet.desk.reading.reads import read_articles, read_now
from broadsheet.desk.sections import sections_for
from broadsheet.desk.sources.reads import troubled
from broadsheet.desk.wire_desk import queue
from broadsheet.desk.wire_desk.access import may_see
from broadsheet.desk.wire_desk.filters import Filters as WireFilters
from broadsheet.press.edition import open_edition
from broadsheet.readers.search import terms

SHOWN = 6
WEEK = 7


class Overview(Component):
    """The cards at the top of the home page, each only for those whom it concerns."""

    name = "desk_overview"
    template_name = "desk/dashboard/overview.html"
    order = 50

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        user = parent_context["request"].user
        return {
            "wire": _wire() if may_see(user) else None,
            "sources": troubled(SHOWN) if user.has_perm("wire.view_source") else [],
            "drafts": _drafts(user),
            "reading": _reading() if may_see_reading(user) else None,
            "searches": _searches() if may_see_reading(user) else None,
            "scheduled": _scheduled(),
            "press": _press() if user.is_superuser or user.has_perm("wire.view_source") else None,
        }


def _wire() -> dict[str, Any]:
    count = queue.count_new()
    return {
        "count": count,
        "more": count >= queue.MOST_COUNTED,
        "rows": queue.read_page(WireFilters()).rows[:SHOWN],
    }


def _reading() -> dict[str, Any]:
    return {"now": read_now(), "articles": read_articles("now", SHOWN)}


def _searches() -> dict[str, Any]:
    return {
        "asked": terms.asked_for(WEEK, limit=SHOWN),
        "in_vain": terms.asked_for(WEEK, in_vain=True, limit=SHOWN),
        "shown_from": terms.SHOWN_FROM,
    }


def _drafts(user: Any) -> list[Any]:
    return list(read_list(Filters(state=State.DRAFT), user, sections_for(user)).rows[:SHOWN])


def _scheduled() -> list[tuple[Revision, str]]:
    """The next versions to go live, those first that should have; with the cause why they have not."""
    due = scheduled_next(SHOWN)
    late = [revision for revision in due if revision.approved_go_live_at <= timezone.now()]
    why = failures.causes(late) if late else {}
    return [(revision, why.get(revision.pk, "")) for revision in due]


def _press() -> dict[str, Any]:
    try:
        return {"counts": open_edition().counts()}
    except (sqlite3.Error, OSError) as error:
        return {"error": f"The edition cannot be read: {error}. Look at the site's folder and its free space."}
