"""How many articles there are, on the desk's home page: from the stored counts, where Wagtail would count pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Sum
from wagtail.admin.site_summary import PagesSummaryItem, SummaryItem

from broadsheet.newsroom.models import ListKind, MonthCount


class ArticlesSummaryItem(SummaryItem):
    """The number of published articles."""

    order = 100
    template_name = "desk/tree/summary.html"

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        months = MonthCount.objects.filter(kind=ListKind.SITE, ref=0)
        return {"articles": months.aggregate(all=Sum("count"))["all"] or 0}


def count_articles(request: Any, items: list[SummaryItem]) -> None:
    """A construct_homepage_summary_items hook: articles instead of pages."""
    items[:] = [item for item in items if not isinstance(item, PagesSummaryItem)]
    items.insert(0, ArticlesSummaryItem(request))
